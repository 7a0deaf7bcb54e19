import { expect, test } from 'vitest'
import { edges, moves } from '../../contracts/states.ts'
import { coverageOf, coverageText } from '../../contracts/suite/coverage.ts'
import { interactions } from '../../contracts/suite/interactions.ts'
import { strictTimes } from '../../contracts/suite/strict-times.ts'
import { permissionMoves } from '../../sandbox/domain/permissions.ts'
import { planMoves } from '../../sandbox/domain/plans.ts'
import { refundMoves } from '../../sandbox/domain/refunds.ts'
import { orderMoves } from '../../sandbox/domain/service-orders.ts'
import { detailMoves, signMoves } from '../../sandbox/domain/user-sign-plans.ts'

const coverage = coverageOf([...interactions, ...strictTimes])

test.each(['operations', 'situations', 'edges'] as const)('the suite exercises all %s', (part) => {
  expect(coverage[part].missing).toEqual([])
  expect(coverage[part].exercised).toHaveLength(coverage[part].total)
})

test('the suite sends every member of a request, but for three', () => {
  expect(coverage.fields.missing).toEqual([
    // A user of an authorisation goes by the other id.
    'permissions.search.partner query/sub_openid',
    'permissions.terminate.partner body/sub_openid',
    // WeChat Pay numbers its own charges, so that merchants cannot refund by it.
    'refund.create body/out_trade_no',
  ])
})

test('what is not exercised is named', () => {
  const partly = coverageOf(interactions.filter(({ endpoint }) => endpoint !== 'refund.query'))

  expect(partly.operations.missing).toEqual(['refund.query'])
  expect(partly.situations.missing).toEqual(['timePast', 'endInFuture', 'refundUnknown'])
  expect(coverageText(partly)).toContain('operations: 35 of 36\n  not: refund.query\n')
  expect(coverageText(partly, 'zh')).toContain('接口：共 36 个，覆盖 35 个\n  缺少：refund.query\n')
})

test('no refusal is taken for the success of an operation', () => {
  const refusals = interactions.filter(({ situation }) => situation !== undefined)

  expect(coverageOf(refusals).operations.exercised).toEqual([])
})

const phases: Record<string, string> = {
  CONFIRMED: 'DOING/USER_CONFIRM',
  PAYING: 'DOING/MCH_COMPLETE',
}

type Table = Record<string, Record<string, string>>

const named = (table: Table): Table =>
  Object.fromEntries(
    Object.entries(table).map(([from, ways]) => [
      phases[from] ?? from,
      Object.fromEntries(Object.entries(ways).map(([how, to]) => [how, phases[to] ?? to])),
    ]),
  )

test.each([
  { name: 'plan', table: planMoves },
  { name: 'signplan', table: signMoves },
  { name: 'detail', table: detailMoves },
  { name: 'serviceorder', table: orderMoves },
  { name: 'permission', table: permissionMoves },
  { name: 'refund', table: refundMoves },
] as const)('the sandbox moves a $name as the contract says', ({ name, table }) => {
  const { none: _, ...contract } = moves[name]
  const promised = Object.entries(contract).map(([from, ways]) => [
    from,
    Object.fromEntries(Object.entries<{ to: string }>(ways).map(([how, { to }]) => [how, to])),
  ])

  expect(named(table)).toEqual(Object.fromEntries(promised))
})

test('every move has a name of its own', () => {
  expect(new Set(edges).size).toBe(edges.length)
})
