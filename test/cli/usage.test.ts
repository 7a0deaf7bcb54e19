import { expect, test } from 'vitest'
import { runCli, runProcess } from './run-cli.ts'

test.each([
  [
    'start --prot 1',
    "error: unknown option '--prot'; did you mean --port?",
    '没有 --prot 这个参数，是不是 --port？',
  ],
  [
    'start --nonsense',
    "error: unknown option '--nonsense'; --help lists them all",
    '没有 --nonsense 这个参数；--help 列出全部参数。',
  ],
  [
    'strt',
    "error: unknown command 'strt'; did you mean start?",
    '没有 strt 这个命令，是不是 start？',
  ],
  [
    'nonsense',
    "error: unknown command 'nonsense'; --help lists them all",
    '没有 nonsense 这个命令；--help 列出全部命令。',
  ],
  ['start nonsense', 'error: too many arguments', '多余的参数。'],
  [
    'start --port',
    "error: option '--port <number>' argument missing",
    '参数 --port <number> 缺少值。',
  ],
  [
    'record --out a',
    "error: required option '--upstream <url>' not specified",
    '缺少参数 --upstream <url>。',
  ],
  [
    'start --port x',
    "error: option '--port <number>' argument 'x' is invalid. Expected a whole number from 0 to 65535.",
    '参数 --port <number> 的值“x”无效。应为 0 至 65535 的整数。',
  ],
  [
    'start --platform-keys x',
    "error: option '--platform-keys <mode>' argument 'x' is invalid. Allowed choices are certificate, public-key, switching.",
    '参数 --platform-keys <mode> 的值“x”无效。可以选：certificate、public-key、switching。',
  ],
])('%s is one sentence in either language, and ends with 2', async (words, en, zh) => {
  for (const [language, sentence] of [
    ['en', en],
    ['zh', zh],
  ] as const) {
    expect(await runCli(...words.split(' '), '--lang', language).ended()).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `${sentence}\n`,
    })
  }
})

test.each(['start', 'listen', 'demo', 'verify', 'record', 'drift', 'explain'])(
  'the help of %s is Chinese throughout',
  async (command) => {
    const { code, stdout } = await runCli(command, '--help', '--lang', 'zh').ended()
    const words = stdout.replace(/^ +-.*?(?: {2,}|\n)|^用法.*/gm, '')

    expect(code).toBe(0)
    expect(stdout).toMatch(/^用法 wechatpay-sandbox /)
    // Two English words side by side would be a phrase; names of products and formats are one.
    expect(words).not.toMatch(/[a-z]{2,} [a-z]{2,}/)
  },
)

test('without a command, the help is shown, in the language of the environment', async () => {
  const { code, stderr } = await runProcess('--lang', 'zh').ended()

  expect(code).toBe(2)
  expect(stderr).toMatch(/^ {2}start \[参数\] +运行沙箱，直到被中断$/m)
})

test('the demo tells of the documented call and of a whole plan, in the language asked for', async () => {
  const { code, stdout, stderr } = await runProcess('demo', '--lang', 'zh').ended()

  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('官方文档的示例请求，六种写法')
  expect(stdout).toMatch(/ {2}⇠ PAYSCORE\.USER_PAID 验签通过并已解密：YOGA2026D1 6600 分\n/)
  expect(stdout).toContain('"sign_state":"SIGN_PLAN_CANCEL"')
  expect(stdout).not.toMatch(/\b(?:the|then|fen)\b|detail \d/)
})
