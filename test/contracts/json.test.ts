import { expect, test } from 'vitest'
import { jsonOf, memberOf } from '../../contracts/json.ts'

test.each<[string, string | Uint8Array, unknown]>([
  ['a text', '{"a":[1,null]}', { a: [1, null] }],
  ['the bytes of a text', Buffer.from('"课"'), '课'],
  ['bytes with a mark of their order', Buffer.from('\uFEFF{}'), {}],
  ['null', 'null', null],
  ['nothing', '', undefined],
  ['a text that was cut off', '{"a":', undefined],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xbf, 0xce, 0x22]), undefined],
])('%s holds what JSON.parse finds in it, or nothing', (_what, json, value) => {
  expect(jsonOf(json)).toEqual(value)
})

test.each<[string, [value: unknown, name: string], unknown]>([
  ['an object', [{ a: 1 }, 'a'], 1],
  ['a list', [['x'], '0'], 'x'],
  ['a list, by its length', [['x'], 'length'], 1],
  ['an object, of what it inherits', [{}, 'toString'], undefined],
  ['a text', ['abc', 'length'], undefined],
  ['null', [null, 'a'], undefined],
  ['undefined', [undefined, 'a'], undefined],
])('a member of %s is its own, or nothing', (_what, asked, member) => {
  expect(memberOf(...asked)).toBe(member)
})
