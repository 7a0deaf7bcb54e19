import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = new URL('../..', import.meta.url).pathname

/** Every file of texts: `texts.ts` of a room, or a file in its folder `texts`. */
const files = (
  await Promise.all(
    ['contracts', 'sandbox', 'client'].map(async (folder) => {
      const paths = await readdir(join(root, folder), { recursive: true })
      return paths.map((path) => join(folder, path))
    }),
  )
)
  .flat()
  .filter((path) => /\/texts(?:\/[\w-]+)?\.ts$/.test(path) && path !== 'contracts/texts.ts')
  .toSorted()

const Text = z.strictObject({ en: z.string(), zh: z.string() })

/** The texts within a value, however deep, by their keys. */
const textsWithin = (value: unknown, key = ''): [key: string, text: z.infer<typeof Text>][] => {
  const { data } = Text.safeParse(value)
  if (data) return [[key, data]]
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => textsWithin(each, name))
    : []
}

const tables = await Promise.all(
  files.map(async (file) => {
    const exported: Record<string, unknown> = await import(join(root, file))
    return { file, texts: textsWithin({ ...exported }) }
  }),
)

/** What is not Chinese: placeholders, code, words, options, addresses, whole clauses in English. */
const chinese = /[\u4e00-\u9fff]/

/** The glossary's words to avoid, and the tone's. */
const avoided = [
  ...['密匙', '私匙', '秘钥', '客户端证书', '商家证书', '证书编号', '微信证书', '平台公钥'],
  ...['签名原文', '加签', '待签字符串', '请求包体', '校签', '探针', '关联数据', '二次签名'],
  ...['商家号', '应用编号', '灰名单', '响应', '回包', '返回体', '包体', '入参', '推送', '异步通知'],
  ...['回调链接', '投递', '补发', '重复提交', '等幂', '流控', '熔断', '错误代号', '合作伙伴'],
  ...['您', '亲，', '抱歉', '进行', '予以', '！', '「', '」'],
]

/** Two words side by side can look like one to avoid. */
const withoutJoins = (zh: string) => zh.replaceAll('填入参数', '填入 参数')

test('every room has its tables, and every table its texts', () => {
  expect(files).toContain('sandbox/cli/texts.ts')
  for (const { file, texts } of tables) expect([file, texts.length]).not.toEqual([file, 0])
})

test.each(tables)('the texts of $file are whole in both languages', ({ texts }) => {
  const placeholders = (text: string) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()

  for (const [key, { en, zh }] of texts) {
    expect([key, new Set(placeholders(zh))]).toEqual([key, new Set(placeholders(en))])
    // What stands between two sentences is white space in English, and nothing in Chinese.
    if (en.trim() !== '') expect([key, zh.trim()]).not.toEqual([key, ''])
    expect([key, chinese.test(en)]).toEqual([key, false])
  }
})

test.each(tables)('the Chinese of $file keeps to the glossary and its marks', ({ texts }) => {
  const complaints = texts.flatMap(([key, { en, zh }]) => [
    ...avoided.filter((word) => withoutJoins(zh).includes(word)).map((word) => `${key}: ${word}`),
    ...(/[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]/.test(zh) ? [`${key}: half-width`] : []),
    ...(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/.test(zh) ? [`${key}: space`] : []),
    ...(/ [，。：；？（）、“”]|[，。：；？（）、“”] (?!$)/.test(zh) ? [`${key}: mark`] : []),
    ...(chinese.test(zh) && /[a-z]\.$/.test(en) && !/。$/.test(zh) ? [`${key}: end`] : []),
  ])

  expect(complaints).toEqual([])
})
