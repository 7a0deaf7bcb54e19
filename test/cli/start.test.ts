import { createSign, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { Wechatpay } from '../../client/index.ts'
import { placeOf } from '../../contracts/loopback.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { exampleOrder } from '../support/example.ts'
import { openSocket } from '../wire/raw-request.ts'
import { runCli, runCliIn, runProcess } from './run-cli.ts'

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cli-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** A copy of this run's credentials, so that no test has to wait for new keys. */
const copiedCredentials = async () => {
  const dir = join(await newFolder(), 'credentials')
  await cp(inject('credentials'), dir, { recursive: true })
  return dir
}

const start = async (...flags: string[]) => {
  const cli = runCli('start', '--port', '0', '--json', ...flags)
  const { url } = JSON.parse(await cli.firstOutput())
  return { ...cli, url: String(url) }
}

const filesOf = async (dir: string) => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  )
}

test('says in one line of JSON where it is, once it serves', async () => {
  const dir = join(await newFolder(), 'new', 'credentials')
  const cli = runProcess('start', '--port', '0', '--json', '--dir', dir)
  const output = await cli.firstOutput()
  const { url } = JSON.parse(output)

  expect(output).toBe(`{"event":"ready","url":"${url}","credentials":"${dir}"}\n`)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(`${url}/_sandbox/clock`)).status).toBe(200)
  const credentials = JSON.parse(await readFile(join(dir, 'credentials.json'), 'utf8'))
  expect(Object.keys(credentials).toSorted()).toEqual([
    'apiv2Key',
    'apiv3Key',
    'appid',
    'mchid',
    'merchantSerial',
    'openid',
    'platformSerial',
    'publicKeyId',
    'serviceId',
    'subAppid',
    'subMchid',
    'subOpenid',
  ])

  cli.kill('SIGTERM')
  const { stdout, stderr } = await cli.ended()
  expect(stdout).toBe(output)
  expect(stderr).toMatch(/^\d\d:\d\d:\d\d GET \/_sandbox\/clock 200 \d+\.\dms\n$/)
})

test('serves who signs with the credentials of its folder, and keeps them', async () => {
  const dir = await copiedCredentials()
  const before = await filesOf(dir)

  for (const _ of ['first', 'second']) {
    const { url, kill, ended } = await start('--dir', dir, '--quiet')
    const wxpay = Wechatpay.fromCredentials(dir, { baseUrl: url })
    const answer = await wxpay
      .chain('v3/payscore/sign-plan/partner/serviceorder')
      .post({ json: exampleOrder })

    expect(answer).toMatchObject({ status: 200, data: { state: 'DOING' } })
    kill('SIGTERM')
    expect(await ended()).toMatchObject({ code: 0, stderr: '' })
  }

  expect(await filesOf(dir)).toEqual(before)
})

test('logs each request and why it was refused to standard error', async () => {
  const { url, stderr } = await start('--dir', await copiedCredentials())
  await fetch(`${url}/v3/certificates?x=1`)

  expect(await stderr(/\n/)).toMatch(
    /^\d\d:\d\d:\d\d GET \/v3\/certificates\?x=1 406 languageUnsupported \d+\.\dms 08[0-9A-F]{28,}-268435461 - \S.*Accept-Language.*\n$/,
  )
})

test('shows a person where it is and what to paste, and no secret', async () => {
  const dir = await copiedCredentials()
  const cli = runCli('start', '--port', '0', '--dir', dir)
  const output = await cli.firstOutput()
  const { apiv3Key } = JSON.parse(await readFile(join(dir, 'credentials.json'), 'utf8'))

  expect(output).toMatch(/listens on http:\/\/127\.0\.0\.1:\d+\n/)
  expect(output).toContain(dir)
  expect(output).toContain('state         in memory, gone at the end; --state DIR keeps it\n')
  expect(output).not.toContain(apiv3Key)
})

test('bound elsewhere than to loopback, it prints the token of the control API', async () => {
  const { firstOutput } = runCli(
    ...['start', '--port', '0', '--host', '0.0.0.0', '--dir', inject('credentials')],
  )
  const output = await firstOutput()
  const [, token] = /Authorization: Bearer ([\w-]{32})\n/.exec(output) ?? []
  const [, port] = /listens on http:\/\/0\.0\.0\.0:(\d+)\n/.exec(output) ?? []

  expect(output).toContain(`http://0.0.0.0:${port}/_sandbox?token=${token}\n`)
  const headers = { Authorization: `Bearer ${token}` }
  expect((await fetch(`http://127.0.0.1:${port}/_sandbox/clock`, { headers })).status).toBe(200)
})

test('a token that is made stands in the line of JSON, one that is given does not', async () => {
  const flags = ['start', '--port', '0', '--host', '0.0.0.0', '--json', '--dir']
  const made = runCli(...flags, inject('credentials'))
  const given = runCli(...flags, inject('credentials'), '--control-token', 'given')
  const env = { WECHATPAY_SANDBOX_CONTROL_TOKEN: 'environment' }
  const inherited = runCliIn({ env }, ...flags, inject('credentials'))

  expect(JSON.parse(await made.firstOutput())).toMatchObject({ controlToken: expect.any(String) })
  const shown = { given, environment: inherited }
  for (const [token, { firstOutput }] of Object.entries(shown)) {
    const { url, ...ready } = JSON.parse(await firstOutput())
    expect(Object.keys(ready)).toEqual(['event', 'credentials'])
    const headers = { Authorization: `Bearer ${token}` }
    expect((await fetch(`${url}/_sandbox/clock`, { headers })).status).toBe(200)
    expect((await fetch(`${url}/_sandbox/clock`)).status).toBe(401)
  }
})

test('says where state is kept, and goes on from there', async () => {
  const dir = join(await newFolder(), 'state')
  const flags = ['--port', '0', '--dir', inject('credentials'), '--state', dir, '--state-sync']
  const cli = runProcess('start', ...flags)
  expect(await cli.firstOutput()).toContain(`state         ${dir}\n`)
  const banner = await cli.stdout(/listens on (\S+)/)
  const [, url = ''] = /listens on (\S+)/.exec(banner) ?? []
  await refund(url, 'https://api.test.com')
  const second = runCli('start', ...flags)
  expect(await complaintOf(second)).toBe(
    `The state folder ${dir} is in use by another sandbox. Stop that one, or give each its own folder.\n`,
  )

  cli.kill('SIGKILL')
  await cli.ended()
  const next = runCli('start', ...flags, '--json')
  const ready = JSON.parse(await next.firstOutput())

  expect(ready).toMatchObject({ event: 'ready', state: dir })
  const answer = await fetch(`${ready.url}/_sandbox/refunds`)
  expect(await answer.json()).toMatchObject([{ refund: { out_refund_no: 'R1' } }])
})

test('--state-sync without a folder is refused', async () => {
  expect(await complaintOf(runCli('start', '--state-sync'), 2)).toBe(
    "error: option '--state-sync' needs --state\n",
  )
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'ends well on %s, whoever is still connected',
  async (signal) => {
    const { firstOutput, kill, ended } = runProcess(
      ...['start', '--port', '0', '--json', '--dir', inject('credentials')],
    )
    const { url } = JSON.parse(await firstOutput())
    const socket = await openSocket(Number(new URL(url).port))
    socket.write('POST /v3/certificates HTTP/1.1\r\n')

    kill(signal)
    expect(await ended()).toMatchObject({ code: 0, signal: null, stderr: '' })
    await socket.closed()
  },
)

test('the help names every flag', async () => {
  const { code, stdout, stderr } = await runCli('start', '--help').ended()

  expect([code, stderr]).toEqual([0, ''])
  expect([...stdout.matchAll(/^ {2}(?:-h, )?(--[a-z0-9-]+)/gm)].map(([, flag]) => flag)).toEqual([
    '--port',
    '--host',
    '--control-token',
    '--dir',
    '--seed',
    '--json',
    '--quiet',
    '--no-control-log',
    '--state',
    '--state-sync',
    '--world',
    '--notify-allow',
    '--notify-to',
    '--platform-keys',
    '--probe-answers',
    '--probe-callbacks',
    '--settlement-delay',
    '--explain-header',
    '--strict-time',
    '--lenient-sums',
    '--initial-order-state',
    '--cancel-while-paying',
    '--order-reentry',
    '--close-unknown',
    '--lang',
    '--help',
  ])
})

/** The program gives up: with one line on standard error and nothing else. */
const complaintOf = async ({ ended }: ReturnType<typeof runCli>, status = 1) => {
  const { code, stdout, stderr } = await ended()

  expect([code, stdout]).toEqual([status, ''])
  expect(stderr).toMatch(/^[^\n]+\n$/)
  return stderr
}

const complaintAbout = (...flags: string[]) => complaintOf(runCli('start', ...flags))

test.each([
  ['--nonsense', "error: unknown option '--nonsense'"],
  ['nonsense', 'error: too many arguments'],
  ['--port=http', 'Expected a whole number from 0 to 65535.'],
  ['--port=65536', 'Expected a whole number from 0 to 65535.'],
  ['--seed=one', 'Expected a whole number from 0 to 4294967295.'],
  ['--platform-keys=both', 'Allowed choices are certificate, public-key, switching.'],
  ['--probe-answers=2', 'Expected a number from 0 to 1.'],
  ['--notify-to=here', 'Expected an address such as http://127.0.0.1:8130/notify.'],
  ['--initial-order-state=DONE', 'Allowed choices are DOING, CREATED.'],
  ['--cancel-while-paying=maybe', 'Allowed choices are allow, deny.'],
])('refuses %s', async (flag, complaint) => {
  expect(await complaintOf(runCli('start', flag), 2)).toContain(complaint)
})

test('the status of a process tells a usage error', async () => {
  expect(await complaintOf(runProcess('start', '--nonsense'), 2)).toContain('--nonsense')
})

test('refuses a port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
  })
  await once(server, 'listening')
  const { port } = placeOf(server.address())

  const flags = ['--port', `${port}`, '--dir', inject('credentials')]
  expect(await complaintOf(runProcess('start', ...flags))).toBe(
    `Port 127.0.0.1:${port} is taken. Choose another with --port.\n`,
  )
})

test.each(['203.0.113.1', 'no such host'])('refuses the host %s', async (host) => {
  expect(await complaintAbout('--host', host, '--dir', await copiedCredentials())).toBe(
    `The address ${host} is not one of this machine. Check --host.\n`,
  )
})

test('refuses a folder of other things and leaves it as it is', async () => {
  const dir = await newFolder()
  await writeFile(join(dir, 'notes.txt'), 'mine')

  expect(await complaintAbout('--dir', dir)).toBe(
    `The credentials folder ${dir} cannot be used: it holds other files but no credentials.json; choose another folder.\n`,
  )
  expect(await readdir(dir)).toEqual(['notes.txt'])
})

test('refuses a file in the place of the folder', async () => {
  const dir = join(await newFolder(), 'file')
  await writeFile(dir, 'mine')

  expect(await complaintAbout('--dir', dir)).toBe(
    `The credentials folder ${dir} cannot be used: it is not a folder that can be listed (ENOTDIR); choose another folder.\n`,
  )
})

test.skipIf(process.getuid?.() === 0)('refuses a folder that it may not read', async () => {
  const dir = await newFolder()
  await chmod(dir, 0)

  expect(await complaintAbout('--dir', dir)).toContain('cannot be listed (EACCES); choose another')
})

test.skipIf(process.platform !== 'linux')('refuses a place where nothing can be made', async () => {
  expect(await complaintAbout('--dir', '/proc/credentials')).toMatch(
    /^The credentials folder \/proc\/credentials cannot be used: it cannot be made there \(\w+\); /,
  )
})

test.each([
  ['cut off', (text: string) => text.slice(0, 40), 'credentials.json is not a JSON object'],
  [
    'without a member',
    (text: string) => text.replace('"apiv3Key"', '"apiv3"'),
    'credentials.json has no usable apiv3Key',
  ],
])('refuses a credentials.json that is %s, without quoting it', async (_, damage, reason) => {
  const dir = await copiedCredentials()
  const file = join(dir, 'credentials.json')
  const text = await readFile(file, 'utf8')
  await writeFile(file, damage(text))

  const complaint = await complaintAbout('--dir', dir)

  expect(complaint).toBe(
    `The credentials folder ${dir} cannot be used: ${reason}; restore the file, or delete the folder to have new keys made.\n`,
  )
  expect(complaint).not.toContain(JSON.parse(text).apiv3Key)
})

test('refuses a key that is damaged', async () => {
  const dir = await copiedCredentials()
  await writeFile(join(dir, 'apiclient_key.pem'), 'no key')

  expect(await complaintAbout('--dir', dir)).toContain(
    'apiclient_key.pem does not hold the PEM that belongs there; restore the file',
  )
})

test('refuses a world that is damaged, before anything is made', async () => {
  const folder = await newFolder()
  const world = join(folder, 'world.json')
  await writeFile(world, '{"format":')

  expect(await complaintAbout('--world', world, '--dir', join(folder, 'credentials'))).toBe(
    'The world is not JSON; it may be cut off. Export it anew.\n',
  )
  expect(await readdir(folder)).toEqual(['world.json'])
})

/** A request of the folder's merchant, over a text that lacks its last line feed. */
const sendShort = async (url: string, dir: string) => {
  const credentials = JSON.parse(await readFile(join(dir, 'credentials.json'), 'utf8'))
  const key = await readFile(join(dir, 'apiclient_key.pem'), 'utf8')
  const [timestamp, nonce] = [Math.floor(Date.now() / 1000), randomUUID()]
  const signature = createSign('RSA-SHA256')
    .update(`GET\n/v3/certificates\n${timestamp}\n${nonce}\n`)
    .sign(key, 'base64')

  return fetch(`${url}/v3/certificates`, {
    headers: {
      Authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${credentials.mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${credentials.merchantSerial}",signature="${signature}"`,
      'Accept-Language': 'zh-CN',
    },
  })
}

test('the log says in one line why a signature does not fit; the answer does not', async () => {
  const dir = inject('credentials')
  const cli = await start('--dir', dir)
  const answer = await sendShort(cli.url, dir)

  expect(answer.status).toBe(401)
  expect(answer.headers.has('X-Sandbox-Diagnosis')).toBe(false)
  expect(await cli.stderr(/\n/)).toMatch(
    /^\d\d:\d\d:\d\d GET \/v3\/certificates 401 signatureMismatch \d+\.\dms \w+-268443699 - explained \| bodyLineMissing: [^\n]+\n$/,
  )
})

test('--explain-header says it in a header too', async () => {
  const dir = inject('credentials')
  const cli = await start('--dir', dir, '--explain-header')
  const answer = await sendShort(cli.url, dir)

  expect(answer.headers.get('X-Sandbox-Diagnosis')).toMatch(/^explained \| bodyLineMissing: /)
})

test('a fault is logged, and an answer that never went out as closed', async () => {
  const cli = await start('--dir', inject('credentials'))
  const order = { method: 'POST', body: '{"fault":"CLOSED"}' }
  await fetch(`${cli.url}/_sandbox/faults`, order)
  const wxpay = Wechatpay.fromCredentials(inject('credentials'), { baseUrl: cli.url, retry: 0 })
  await wxpay.v3.certificates.get().catch(() => {})

  expect(await cli.stderr(/certificates .*\n/)).toMatch(
    /^\d\d:\d\d:\d\d GET \/v3\/certificates closed \(CLOSED\) \d+\.\dms$/m,
  )
})

/** A refund with this notify_url, made by the merchant of the folder. */
const refund = async (url: string, notify_url: string) => {
  const wxpay = Wechatpay.fromCredentials(inject('credentials'), { baseUrl: url })
  const { sub_mchid } = exampleOrder
  const [order] = z
    .array(z.object({ transaction_id: z.string() }))
    .parse(await (await fetch(`${url}/_sandbox/service-orders`)).json())
  await wxpay.v3.refund.domestic.refunds.post({
    json: {
      sub_mchid,
      transaction_id: order?.transaction_id ?? '',
      out_refund_no: 'R1',
      notify_url,
      amount: { refund: 500, total: 15_000, currency: 'CNY' },
    },
  })
}

test.each([
  ['en', 'callback REFUND.SUCCESS https://api.test.com withheld ', ' - not delivered: public host'],
  ['zh', '回调 REFUND.SUCCESS https://api.test.com 未发出 ', ' - 未送达：公网地址'],
])(
  'the log in %s says why a callback was withheld, without calls of control',
  async (lang, ...parts) => {
    const cli = await start('--dir', inject('credentials'), '--lang', lang, '--no-control-log')
    await refund(cli.url, 'https://api.test.com')

    const log = await cli.stderr(/refunds 200/)
    for (const part of parts) expect(log).toContain(part)
    expect(log).not.toContain('/_sandbox')
  },
)

test('the log says what became of a callback', async () => {
  const receiver = await startReceiver()
  const cli = await start('--dir', inject('credentials'))
  await refund(cli.url, receiver.url)

  expect(await cli.stderr(/callback .*\n/)).toMatch(
    /^\d\d:\d\d:\d\d callback REFUND\.SUCCESS http:\S+ 204 \d+ms [\w-]{36}$/m,
  )
})

test('a reader of Chinese meets Chinese: the banner, a hint, a diagnosis', async () => {
  const dir = inject('credentials')
  const cli = runCliIn({ env: { LANG: 'zh_CN.UTF-8' } }, ...['start', '--port', '0', '--dir', dir])
  const banner = await cli.firstOutput()
  const [, url = ''] = /沙箱已启动：(\S+)\n/.exec(banner) ?? []
  await fetch(`${url}/v3/certificatez`)
  await sendShort(url, dir)

  expect(banner).toContain(`凭据目录      ${dir}\n`)
  const log = await cli.stderr(/ 401 .*\n/)
  expect(log).toContain(' 404 ')
  expect(log).toContain('没有 /v3/certificatez 这个路径，最接近的是 /v3/certificates。')
  expect(log).toMatch(/ - explained \| bodyLineMissing: 没有请求体时/)
})
