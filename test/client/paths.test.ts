import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Wechatpay } from '../../client/index.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { optionsFor } from './wechat-server.ts'

/** A client that sends nothing: the request comes back as a refusal. */
const wxpay = new Wechatpay({
  ...optionsFor('http://sandbox.invalid'),
  fetch: ({ method, url }) =>
    Response.json({ code: method, message: new URL(url).pathname }, { status: 400 }),
})
/** As a program without types sees it. */
const untyped: unknown = wxpay

const reach = (...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((value, key) => Reflect.get(Object(value), key), untyped)

const call = async (node: unknown, verb: string): Promise<unknown> => {
  const perform: unknown = Reflect.get(Object(node), verb)
  if (typeof perform !== 'function') throw new Error(`no ${verb}`)
  return perform({ ...parameters })
}

const names = Object.values(endpoints).flatMap(({ path }) => path.match(/(?<=\{)\w+/g) ?? [])
const parameters = Object.fromEntries(names.map((name) => [name, `the-${name}`]))

const camel = (segment: string) =>
  segment
    .replace(/^\{(.+)\}$/, '_$1_')
    .replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

test.each(Object.values(endpoints))('reaches $method $path in all three ways', async (endpoint) => {
  const { method, path } = endpoint
  const verb = method.toLowerCase()
  const sent = {
    apiCode: method,
    apiMessage: path.replace(/\{(\w+)\}/g, (_, name: string) => `the-${name}`),
  }
  const segments = path.slice(1).split('/').map(camel)

  await expect(call(reach(...segments), verb)).rejects.toMatchObject(sent)
  await expect(call(reach(path.slice(1)), `${verb}Async`)).rejects.toMatchObject(sent)
  await expect(call(Reflect.apply(wxpay.chain, wxpay, [path]), verb)).rejects.toMatchObject(sent)
})

const nearest = 'The path /v3/certificate does not exist. Nearest: /v3/certificates.'

test('names the nearest path when there is none', async () => {
  const error = expect.objectContaining({ code: 'PATH_UNKNOWN', message: nearest })

  expect(() => reach('v3/certificate')).toThrow(error)
  expect(() => Reflect.apply(wxpay.chain, wxpay, ['v3/certificate'])).toThrow(error)
  await expect(call(reach('v3', 'certificate'), 'getAsync')).rejects.toThrow(error)
  expect(() => Reflect.apply(Object(reach('v3', 'certificate', 'getSync')), null, [])).toThrow(
    error,
  )
})

test('names the methods of a path when it is called by another', async () => {
  await expect(call(reach('v3', 'certificates'), 'post')).rejects.toMatchObject({
    code: 'PATH_UNKNOWN',
    message: '/v3/certificates takes GET, not POST.',
  })
})

test('is no promise: client and paths come out of await as they went in', async () => {
  const { certificates } = wxpay.v3

  expect(await wxpay).toBe(wxpay)
  expect(await certificates).toBe(certificates)
  await expect(Promise.resolve(certificates)).resolves.toBe(certificates)
})

test('can be printed and written as JSON and text', () => {
  expect(inspect(wxpay)).toBe('Wechatpay {}')
  expect(inspect({ node: wxpay.v3.certificates })).toBe('{ node: /v3/certificates }')
  expect(JSON.stringify({ wxpay, node: wxpay.v3.certificates })).toBe(
    '{"wxpay":{},"node":"/v3/certificates"}',
  )
  expect(`${wxpay.v3.certificates}`).toBe('/v3/certificates')
  expect(String(wxpay)).toBe('[object Object]')
})

test('survives those who ask for what is not there', () => {
  expect(wxpay).toBeInstanceOf(Wechatpay)
  expect(wxpay).toEqual(wxpay)
  expect(Reflect.get(wxpay, Symbol.iterator)).toBeUndefined()
  expect(Reflect.get(wxpay.v3, Symbol.toStringTag)).toBeUndefined()
  expect(Object.keys(wxpay.v3.certificates)).not.toContain('then')
  expect(() => expect(wxpay.v3.certificates).toEqual({ other: 1 })).toThrow(/deeply equal/)
})
