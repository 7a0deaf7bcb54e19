import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonReport } from '../../contracts/json-report.ts'

test('reports a missing colon as was observed', () => {
  const text = `{"appid":"wxd678efh567hg6787","mchid":"1230000109" "x":1}`

  expect(jsonReport('{"a" 1}')).toBe("* Line 1, Column 6\n  Missing ':' after object member name\n")
  expect(jsonReport(text)).toBe("* Line 1, Column 52\n  Missing ',' or '}' in object declaration\n")
})

test.each([
  ['', '* Line 1, Column 1\n  Syntax error: value, object or array expected.\n'],
  ['{a:1}', "* Line 1, Column 2\n  Missing '}' or object member name\n"],
  ['{"a":1,}', "* Line 1, Column 8\n  Missing '}' or object member name\n"],
  ['{"a":}', '* Line 1, Column 6\n  Syntax error: value, object or array expected.\n'],
  ["{'a':1}", "* Line 1, Column 2\n  Missing '}' or object member name\n"],
  ['{"a":[1 2]}', "* Line 1, Column 9\n  Missing ',' or ']' in array declaration\n"],
  ['{"a":[1,]}', '* Line 1, Column 9\n  Syntax error: value, object or array expected.\n'],
  ['{"课":1\n"b":2}', "* Line 2, Column 1\n  Missing ',' or '}' in object declaration\n"],
  ['{"课" 1}', "* Line 1, Column 8\n  Missing ':' after object member name\n"],
  ['{"a":1} x', '* Line 1, Column 9\n  Extra non-whitespace after JSON value.\n'],
  ['{"a":1-2}', "* Line 1, Column 6\n  '1-2' is not a number.\n"],
  ['{"a":"b', '* Line 1, Column 6\n  Syntax error: value, object or array expected.\n'],
  ['a=1&b=2', '* Line 1, Column 1\n  Syntax error: value, object or array expected.\n'],
])('%j', (text, report) => {
  expect(jsonReport(text)).toBe(report)
})

test('finds no fault in JSON, however deep', async () => {
  await fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonReport(text)).toBeUndefined()
    }),
  )
  expect(jsonReport(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeUndefined()
})
