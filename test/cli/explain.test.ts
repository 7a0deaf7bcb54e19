import { spawn } from 'node:child_process'
import { createSign, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, inject, onTestFinished, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folder = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'explain-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

/** What the command says of this input, with the credentials of this run. */
const explain = async (input: string | Uint8Array, ...flags: string[]) => {
  const dir = inject('credentials')
  const child = spawn(process.execPath, [
    'dist/sandbox/cli/main.js',
    'explain',
    ...(flags.includes('--dir') ? [] : ['--dir', dir]),
    ...flags,
  ])
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])

  return { code: child.exitCode, stdout, stderr }
}

const codesOf = async (input: string | Uint8Array, ...flags: string[]) => {
  const { stdout, stderr } = await explain(input, '--json', ...flags)
  expect(stderr).toBe('')
  const { verdict, mistakes } = JSON.parse(stdout)
  return [verdict, ...mistakes.map(({ code }: { code: string }) => code)]
}

const target = '/v3/payscore/serviceorder'
const body = '{"out_order_no":"A1","introduction":"租借"}'

type Slips = { signedBody?: string; end?: string }

/** An Authorization of this run's merchant. */
const authorization = async ({ signedBody = body, end = '\n' }: Slips = {}) => {
  const dir = inject('credentials')
  const { mchid, merchantSerial } = JSON.parse(
    await readFile(join(dir, 'credentials.json'), 'utf8'),
  )
  const key = await readFile(join(dir, 'apiclient_key.pem'))
  const signature = createSign('RSA-SHA256')
    .update(`POST\n${target}\n1700000000\nabc\n${signedBody}${end}`)
    .sign(key, 'base64')

  return `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="abc",timestamp="1700000000",serial_no="${merchantSerial}",signature="${signature}"`
}

const http = (header: string, { sent = body, end = '\r\n', more = '' } = {}) =>
  [
    `POST ${target} HTTP/1.1`,
    'Host: localhost',
    `Authorization: ${header}`,
    ...(more ? [more] : []),
    '',
    sent,
  ].join(end)

test('explains a request in raw HTTP, in words', async () => {
  const { code, stdout } = await explain(http(await authorization({ end: '' })))

  expect(code).toBe(0)
  expect(stdout).toMatch(/^This is refused, and this is why:\n\nThe last line feed is missing/)
  expect(stdout).toContain("made with the merchant's own key")
})

test('takes every form in which a request is copied', async () => {
  const right = await authorization()
  const wrong = await authorization({ end: '' })
  const url = `https://127.0.0.1:8129${target}`
  const forms = (header: string) => [
    http(header),
    http(header, { end: '\n' }),
    http(header, { end: '\n', sent: `${body}\n` }),
    http(header, { sent: `${body}\r\n`, more: `Content-Length: ${Buffer.byteLength(body)}` }),
    http(header).replace(`POST ${target}`, `POST ${url}`),
    `curl '${url}' -X POST -H 'Host: localhost' -H 'Authorization: ${header}' -d '${body}'`,
    `curl -sS -XPOST \\\n  -H "Authorization: ${header.replaceAll('"', '\\"')}" \\\n  --data-raw $'${body.replace('租', '\\u79df')}' ${url}\n`,
    JSON.stringify({ method: 'POST', url, headers: { Authorization: header }, body }),
    JSON.stringify({
      method: 'POST',
      target,
      headers: [{ name: 'authorization', value: header }],
      body,
    }),
    JSON.stringify({
      request: {
        method: 'POST',
        url,
        headers: [{ name: 'Authorization', value: header }],
        postData: { text: body },
      },
    }),
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              url,
              headers: [['Authorization', header]],
              postData: { text: body },
            },
          },
        ],
      },
    }),
  ]

  for (const form of forms(right)) expect(await codesOf(form)).toEqual(['sound'])
  for (const form of forms(wrong).slice(0, 6)) {
    expect(await codesOf(form)).toEqual(['explained', 'lastLineFeedMissing'])
  }
}, 60_000)

test('takes the word with a scheme for the URL, not the value of an option', async () => {
  const header = `-H 'Authorization: ${await authorization()}'`
  const url = `https://127.0.0.1:8129${target}`

  for (const option of ['--proxy-user u:p', '--interface eth0 --limit-rate 1M']) {
    expect(await codesOf(`curl ${option} ${url} ${header} -d '${body}'`)).toEqual(['sound'])
  }
})

test.each(['--data-urlencode', '--url-query'])(
  '%s is refused by its name, since versions of curl encode differently',
  async (option) => {
    const { code, stdout, stderr } = await explain(`curl ${option} 'a=b c' https://a/v3/a`)

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(`What ${option} sends depends on the version of curl: paste raw HTTP.\n`)
  },
)

test('reads a file, and keeps bytes that are no text', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xfe])
  const file = join(await folder(), 'request.http')
  const head = http(await authorization(), { sent: '' })
  await writeFile(file, Buffer.concat([Buffer.from(head), bytes]))
  const cli = runCli('explain', file, '--dir', inject('credentials'), '--json')
  const { stdout, code } = await cli.ended()

  expect(code).toBe(1)
  expect(JSON.parse(stdout).facts.join()).toContain(
    `has ${5 + target.length + 1 + 11 + 4 + bytes.length + 1} bytes`,
  )
})

test('explains answers and callbacks', async () => {
  const dir = inject('credentials')
  const { platformSerial } = JSON.parse(await readFile(join(dir, 'credentials.json'), 'utf8'))
  const key = await readFile(join(dir, 'private', 'wechatpay_key.pem'))
  const signature = createSign('RSA-SHA256')
    .update(`1700000000\nabc\n${body}\n`)
    .sign(key, 'base64')
  const headers = `Wechatpay-Timestamp: 1700000000\nWechatpay-Nonce: abc\nWechatpay-Serial: ${platformSerial}\nWechatpay-Signature: ${signature}`
  const respelled = JSON.stringify(JSON.parse(body), null, 2)

  expect(await codesOf(`HTTP/1.1 200 OK\n${headers}\n\n${body}`)).toEqual(['sound'])
  expect(await codesOf(`${headers}\n\n${body}`)).toEqual(['sound'])
  expect(await codesOf(`POST /notify HTTP/1.1\n${headers}\n\n${respelled}`)).toEqual([
    'explained',
    'answerBodyReserialised',
  ])
})

test('works without a sandbox, with keys from files', async () => {
  const dir = await folder()
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const files = {
    'public.pem': publicKey.export({ type: 'spki', format: 'pem' }),
    'private.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }
  const signature = createSign('RSA-SHA256')
    .update(`GET\n/v3/a\n1\nn\n\n`)
    .sign(privateKey, 'base64')
  const request = `GET /v3/a HTTP/1.1\nAuthorization: WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="n",timestamp="1",serial_no="AB",signature="${signature}"\n\n`
  await mkdir(join(dir, 'none'))

  for (const [name, pem] of Object.entries(files)) {
    await writeFile(join(dir, name), pem)
    expect(await codesOf(request, '--dir', join(dir, 'none'), '--key', join(dir, name))).toEqual([
      'sound',
    ])
  }

  const { code, stdout } = await explain(request, '--dir', join(dir, 'none'))
  expect(code).toBe(1)
  expect(stdout).toContain('No key of yours was at hand: ')
})

test('judges the age only when it is asked to', async () => {
  const request = http(await authorization())

  expect(await codesOf(request)).toEqual(['sound'])
  expect(await codesOf(request, '--strict-time')).toEqual(['explained', 'timestampTooOld'])
})

test('tells an unexplained signature by its exit status', async () => {
  expect(await explain(http(await authorization({ signedBody: 'other' })))).toMatchObject({
    code: 1,
    stderr: '',
  })
})

test.each([
  ['nothing', ''],
  ['prose', 'the signature does not match, please help'],
  ['JSON of another kind', '{"code":"SIGN_ERROR"}'],
  ['a list', '[1,2]'],
  ['bytes', Buffer.alloc(100, 0xff)],
  ['a curl command without a URL', "curl -H 'a: b'"],
])('says of %s which formats are taken', async (_, input) => {
  const { code, stdout, stderr } = await explain(input)

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^This is no request and no signed answer\. Taken are [^\n]+\n$/)
})

test('says in one sentence what it cannot take', async () => {
  const dir = await folder()
  await cp(inject('credentials'), join(dir, 'damaged'), { recursive: true })
  await writeFile(join(dir, 'damaged', 'credentials.json'), '{"apiv3Key":"secret')
  const get = 'GET /v3/a HTTP/1.1\n\n'
  const complaints = await Promise.all([
    explain(Buffer.alloc(5 * 1024 * 1024, 0x20)),
    explain('curl https://a/v3/a -d @body.json'),
    explain(get, '--dir', join(dir, 'damaged')),
    explain(get, '--key', join(dir, 'absent.pem')),
    explain(get, '--key', join(dir, 'damaged', 'credentials.json')),
  ])

  for (const { code, stdout, stderr } of complaints) {
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^[^\n]+\n$/)
    expect(stderr).not.toContain('secret')
  }
})
