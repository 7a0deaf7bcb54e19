import { expect, test } from 'vitest'
import { edges } from '../../contracts/states.ts'
import { coverageOf, coverageText } from '../../contracts/suite/coverage.ts'
import { interactions } from '../../contracts/suite/interactions.ts'
import { strictTimes } from '../../contracts/suite/strict-times.ts'

const coverage = coverageOf([...interactions, ...strictTimes])

test.each(['operations', 'situations', 'edges'] as const)('the suite exercises all %s', (part) => {
  expect(coverage[part].missing).toEqual([])
  expect(coverage[part].exercised).toHaveLength(coverage[part].total)
})

test('the suite sends every member of a request, but for six', () => {
  expect(coverage.fields.missing).toEqual([
    // A user of an authorisation goes by the other id.
    'permissions.search.partner query/sub_openid',
    'permissions.terminate.partner body/sub_openid',
    // It stands on no page; only the vendor's own programs send it.
    'refund.create body/refund_account',
    // They go encrypted, by the key of whoever is asked.
    'refund.abnormal body/bank_type',
    'refund.abnormal body/bank_account',
    'refund.abnormal body/real_name',
  ])
})

test('what is not exercised is named', () => {
  const partly = coverageOf(interactions.filter(({ endpoint }) => endpoint !== 'refund.query'))

  expect(partly.operations.missing).toEqual(['refund.query'])
  expect(partly.situations.missing).toEqual(['timePast', 'endInFuture'])
  expect(coverageText(partly)).toContain('operations: 50 of 51\n  not: refund.query\n')
  expect(coverageText(partly, 'zh')).toContain('接口：共 51 个，覆盖 50 个\n  缺少：refund.query\n')
})

test('no refusal is taken for the success of an operation', () => {
  const refusals = interactions.filter(({ situation }) => situation !== undefined)

  expect(coverageOf(refusals).operations.exercised).toEqual([])
})

test('every move has a name of its own', () => {
  expect(new Set(edges).size).toBe(edges.length)
})
