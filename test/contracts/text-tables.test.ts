import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { behaviours } from '../../contracts/behaviours.ts'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import type { Text } from '../../contracts/texts.ts'

const root = new URL('../../', import.meta.url)
const isOfTexts = /(?:^|[/-])(?:texts|complaints)\.ts$|\/texts\/[\w-]+\.ts$/
const files = ['contracts', 'sandbox', 'client'].flatMap((room) =>
  readdirSync(new URL(room, root), { recursive: true })
    .map((file) => `${room}/${String(file)}`)
    .filter((file) => isOfTexts.test(file)),
)

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'en' in value && 'zh' in value

const isTable = (value: unknown): value is Readonly<Record<string, Text>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.values(value).every(isText)

const tablesIn = async (file: string) => {
  const module: Record<string, unknown> = await import(new URL(file, root).href)
  return Object.entries(module).flatMap(([name, table]) =>
    isTable(table) ? [{ name: `${file} ${name}`, table }] : [],
  )
}

const numbered = (texts: readonly Text[]) => Object.fromEntries(texts.entries())

const tables = [
  ...(await Promise.all(files.map(tablesIn))).flat(),
  {
    name: 'contracts/behaviours.ts behaviours',
    table: numbered(behaviours.flatMap(({ does, but }) => (but ? [does, but] : [does]))),
  },
  {
    name: 'contracts/endpoints.ts summaries',
    table: numbered(endpointIds.map((id) => endpoints[id].summary)),
  },
]

/** The texts of a table that a rule finds fault with, each with its name. */
const faulty = (table: Readonly<Record<string, Text>>, isFaulty: (text: Text) => boolean) =>
  Object.fromEntries(Object.entries(table).filter(([, text]) => isFaulty(text)))

const placeholders = (template: string) =>
  [...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].toSorted().join()

/** What the glossary has another word for. */
const avoided =
  /客户端证书|商家证书|密匙|私匙|秘钥|证书编号|微信证书|平台公钥|旋转|口令|签名原文|加签|待签字符串|校签|校验签名串|探针|关联数据|二次签名|商家号|合作伙伴|应用编号|下级商户|灰名单|响应|回包|返回体|包体|(?<!填)入参|推送|异步通知|回调链接|投递|补发|重复提交|等幂|流控|熔断|错误代号|计划明细|您|抱歉|予以/

const chinese = '\\p{Script=Han}'
const latin = 'A-Za-z0-9'

const halfWidth = new RegExp(`[${chinese}][,;:?!()]|[,;:?!()][${chinese}]`, 'u')
const otherQuotes = /[「」『』！]/
const glued = new RegExp(`[${chinese}][${latin}]|[${latin}][${chinese}]`, 'u')
const spacedMarks = /[，。：；？、（）] | [，。：；？、（）]/
// An option such as --help, or JSON, is copied up to the full stop.
const copied = /(?:^|\s)--?[a-z][\w-]*。/

test('every room is among the tables', () => {
  expect(tables.length).toBeGreaterThan(20)
})

describe.each(tables)('$name', ({ table }) => {
  test('says everything in both languages, with the same placeholders', () => {
    const isUnequal = ({ en, zh }: Text) =>
      en === '' || zh === '' || placeholders(en) !== placeholders(zh)

    expect(faulty(table, isUnequal)).toEqual({})
  })

  test('says it with the words of the glossary', () => {
    expect(faulty(table, ({ zh }) => avoided.test(zh))).toEqual({})
  })

  test('sets Chinese with full-width marks and one space beside Latin letters', () => {
    const isMisset = ({ zh }: Text) =>
      [halfWidth, otherQuotes, glued, spacedMarks, copied].some((rule) => rule.test(zh))

    expect(faulty(table, isMisset)).toEqual({})
  })

  test('ends a sentence as one in both languages', () => {
    // Usage errors have commander's form in English.
    const isUneven = ({ en, zh }: Text) =>
      !en.startsWith('error: ') && /[^.]\.$/.test(en) !== /。$/.test(zh)

    expect(faulty(table, isUneven)).toEqual({})
  })
})
