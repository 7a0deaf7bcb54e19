import { textTable } from '../../contracts/texts.ts'

/** What the control API answers, beside the refusals of WeChat Pay's own resources. */
export const controlTexts = textTable({
  faultUnknown: {
    en: 'No fault waits under the id {id}.',
    zh: '没有编号为 {id} 的等待中的故障。',
  },
  entryUnknown: {
    en: 'The journal keeps no entry of this number.',
    zh: '请求记录中没有这个编号。',
  },
  pathUnknown: {
    en: 'See /_sandbox/openapi.json for what there is.',
    zh: '/_sandbox/openapi.json 列出全部接口。',
  },
  nestedTooDeep: { en: 'The body is nested too deep.', zh: '请求体嵌套过深。' },
  bodyTooLarge: { en: 'The body is larger than {most} MiB.', zh: '请求体超过 {most} MiB。' },
  worldTooLarge: {
    en: 'The world is larger than {most} MiB. Start a sandbox with --world FILE to take it up.',
    zh: '数据文件超过 {most} MiB：用 --world FILE 启动沙箱来读取。',
  },
  bodyNotJson: { en: 'The body is not JSON.', zh: '请求体不是 JSON。' },
  originForeign: {
    en: 'Origin {origin} may not use the control API.',
    zh: '来源 {origin} 不能使用控制接口。',
  },
  siteForeign: {
    en: 'A page of another site (Sec-Fetch-Site: {site}) may not use the control API.',
    zh: '其他网站的页面（Sec-Fetch-Site: {site}）不能使用控制接口。',
  },
  tokenMissing: {
    en: 'The control API of this sandbox wants its token, which is printed at the start or given by --control-token: send Authorization: Bearer TOKEN, or open /_sandbox?token=TOKEN in a browser.',
    zh: '这个沙箱的控制接口需要令牌，令牌在启动时输出，或由 --control-token 指定：发送 Authorization: Bearer TOKEN，浏览器打开 /_sandbox?token=TOKEN。',
  },
  tokenUnusable: {
    en: 'The token of the control API must be made of visible ASCII characters, without blanks.',
    zh: '控制接口的令牌应由可见的 ASCII 字符组成，不含空白。',
  },
  hostForeign: {
    en: 'Host {host} is not this sandbox; use 127.0.0.1 or localhost.',
    zh: '主机名 {host} 不是这个沙箱：用 127.0.0.1 或 localhost。',
  },
  timeExpected: { en: 'expected an RFC 3339 time', zh: '应为 RFC 3339 格式的时间' },
  clockExpected: {
    en: 'expected one of `at`, an RFC 3339 time, `advance_seconds`, at most ten years, and `hold`',
    zh: '应给出以下之一：`at`（RFC 3339 时间）、`advance_seconds`（最多十年）、`hold`',
  },
})
