import { expect, test } from 'vitest'
import { z } from 'zod'
import { pickerOf } from '../../sandbox/http/members.ts'

const Answer = z.object({
  state: z.string(),
  note: z.string().optional(),
  amount: z.object({ total: z.int(), refund: z.int().optional() }),
  items: z.array(z.object({ name: z.string() })).optional(),
})
const pick = pickerOf(Answer)

test.each([
  ['everything', { state: 'A', note: '', amount: { total: 1, refund: 0 }, items: [{ name: 'a' }] }],
  ['what is demanded', { state: 'A', amount: { total: 1 } }],
  ['an empty list', { state: 'A', amount: { total: 1 }, items: [] }],
])('an answer with %s leaves as its schema would let it', (_, answer) => {
  const more = {
    ...answer,
    secret: 1,
    amount: { ...answer.amount, secret: 2 },
    ...('items' in answer && { items: answer.items.map((item) => ({ ...item, secret: 3 })) }),
  }

  expect(pick(answer)).toEqual(answer)
  expect(pick(more)).toEqual(Answer.parse(more))
  expect(JSON.stringify(pick(more))).not.toContain('secret')
})

test.each([
  ['a member', { amount: { total: 1 } }, 'An answer lacks its member state.'],
  ['a member of a member', { state: 'A', amount: {} }, 'An answer lacks its member total.'],
  ['all of a member', { state: 'A', amount: 1 }, 'An answer lacks its member total.'],
  ['a list', { state: 'A', amount: { total: 1 }, items: {} }, 'where a list belongs'],
])('an answer that lacks %s does not leave', (_, answer, sentence) => {
  expect(() => pick(answer)).toThrow(sentence)
})
