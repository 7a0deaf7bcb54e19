import { expect, test } from 'vitest'
import { partsOf, signedBody } from '../../contracts/protocol/multipart.ts'

const meta = '{"filename":"a.png","sha256":"ab"}'
const file = Buffer.from([0x89, 0x0d, 0x0a, 0xff, 0x2d, 0x2d])
const multipart = (line: string) =>
  Buffer.concat([
    Buffer.from(
      `--${line}\r\nContent-Disposition: form-data; name="meta";\r\nContent-Type: application/json\r\n\r\n${meta}\r\n--${line}\r\nContent-Disposition: form-data; name="file"; filename="a.png";\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${line}--\r\n`),
  ])
const body = multipart('b1')

test.each([
  ['a boundary', 'multipart/form-data; boundary=b1'],
  ['a quoted boundary', 'multipart/form-data; charset=utf-8; boundary="b1"'],
  ['capitals', 'Multipart/Form-Data; Boundary=b1'],
  // As one of the SDKs sends it.
  ['no boundary', 'multipart/form-data'],
])('reads the part meta of an upload with %s', (_, contentType) => {
  expect(Buffer.from(signedBody(contentType, body)).toString()).toBe(meta)
})

test('keeps the bytes of a file, and tells it from a field', () => {
  expect(partsOf('multipart/form-data; boundary=b1', body)).toEqual([
    { name: 'meta', isFile: false, content: Buffer.from(meta) },
    { name: 'file', isFile: true, content: file },
  ])
})

test.each([
  ['JSON', 'application/json', '{}'],
  ['a body without a type', undefined, '{}'],
  ['an upload without meta', 'multipart/form-data; boundary=b1', '--b1\r\n\r\nx\r\n--b1--'],
  ['an upload with another boundary', 'multipart/form-data; boundary=b2', body.toString('latin1')],
  ['an upload that is cut off', 'multipart/form-data; boundary=b1', '--b1\r\nContent-Dis'],
  ['a part without a head', 'multipart/form-data; boundary=b1', '--b1\r\nx\r\n--b1--'],
  ['text without a delimiter', 'multipart/form-data', 'hello'],
  ['a nameless part', 'multipart/form-data; boundary=b1', '--b1\r\na: b\r\n\r\nx\r\n--b1--'],
])('takes the body of %s as it is', (_, contentType, text) => {
  const bytes = Buffer.from(text, 'latin1')

  expect(signedBody(contentType, bytes)).toBe(bytes)
})
