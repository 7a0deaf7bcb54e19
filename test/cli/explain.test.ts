import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { runCli, runCliIn, runProcessIn } from './run-cli.ts'

const folder = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'explain-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

const withKeys = (flags: readonly string[]) => [
  'explain',
  ...(flags.includes('--dir') ? [] : ['--dir', inject('credentials')]),
  ...flags,
]

/** What the command says of this input, with the credentials of this run. */
const explain = (input: string | Uint8Array, ...flags: string[]) =>
  runCliIn({ input }, ...withKeys(flags)).ended()

const codesOf = async (input: string | Uint8Array, ...flags: string[]) => {
  const { stdout, stderr } = await explain(input, '--json', ...flags)
  expect(stderr).toBe('')
  const { verdict, mistakes } = JSON.parse(stdout)
  return [verdict, ...mistakes.map(({ code }: { code: string }) => code)]
}

const target = '/v3/payscore/serviceorder'
const body = '{"out_order_no":"A1","introduction":"租借"}'

type Slips = { method?: string; signedBody?: string; end?: string }

/** An Authorization of this run's merchant. */
const authorization = async ({ method = 'POST', signedBody = body, end = '\n' }: Slips = {}) => {
  const dir = inject('credentials')
  const { mchid, merchantSerial } = JSON.parse(
    await readFile(join(dir, 'credentials.json'), 'utf8'),
  )
  const key = await readFile(join(dir, 'apiclient_key.pem'))
  const signature = createSign('RSA-SHA256')
    .update(`${method}\n${target}\n1700000000\nabc\n${signedBody}${end}`)
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
  const input = http(await authorization({ end: '' }))
  const { code, stdout } = await runProcessIn({ input }, ...withKeys([])).ended()

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
})

test('takes the word with a scheme for the URL, not the value of an option', async () => {
  const header = `-H 'Authorization: ${await authorization()}'`
  const url = `https://127.0.0.1:8129${target}`

  const options = ['--proxy-user u:p', '--mail-from a.b', "--proxy-header 'Referer: http://a/b'"]
  for (const option of options) {
    expect(await codesOf(`curl ${option} ${url} ${header} -d '${body}'`)).toEqual(['sound'])
  }
})

test.each([
  'curl api.mch.weixin.qq.com',
  'curl 127.0.0.1:8300',
  'curl --max-redirs 5 --retry-delay 1 localhost:8300',
  'curl --proxy http://127.0.0.1:3128 --unlisted 1.5 api.mch.weixin.qq.com',
  'curl -sSkXPOST localhost',
  '$ curl https://api.mch.weixin.qq.com',
  'me@host:~$ curl https://api.mch.weixin.qq.com',
])('reads %s', async (command) => {
  const header = `-H 'Authorization: ${await authorization()}'`

  expect(await codesOf(`${command}${target} ${header} -d '${body}'`)).toEqual(['sound'])
})

test.each(['-I', '--head', '-sIk'])('curl %s asks for the head', async (option) => {
  const header = await authorization({ method: 'HEAD', signedBody: '' })

  expect(await codesOf(`curl ${option} https://a${target} -H 'Authorization: ${header}'`)).toEqual([
    'sound',
  ])
})

/** A word as Chrome writes it for cmd.exe. */
const forCmd = (word: string) =>
  `^"${word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')}^"`

test('undoes the quoting of cmd.exe, and refuses what is uncertain of it', async () => {
  const header = forCmd(`Authorization: ${await authorization()}`)
  const command = `curl ${forCmd(`https://a${target}`)} ^\r\n  -H ${header} ^\r\n  --data-raw `
  const uncertain = [
    `${command}${forCmd('{"a":"b\\n"}')}`,
    'curl "https://a/v3/a" ^\n -H "a: b"',
    `${command}'${body}'`,
  ]

  expect(await codesOf(`${command}${forCmd(body)}`)).toEqual(['sound'])
  for (const input of uncertain) {
    expect(await explain(input)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'This quoting of cmd.exe is ambiguous: copy it again by "Copy as cURL (bash)".\n',
    })
  }
})

const indented = (lines: string) => lines.replace(/^|\n/g, '$&    ')
const answer = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n'

test('reads raw HTTP as logs and terminals show it', async () => {
  const header = await authorization()
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  const [one, other] = [Buffer.from(body).subarray(0, 20), Buffer.from(body).subarray(20)]
  const chunks = `14\r\n${one}\r\n${other.length.toString(16)};a=b\r\n${other}\r\n0\r\n\r\n`
  const more = 'Transfer-Encoding: chunked'
  const forms = [
    indented(http(header)),
    indented(http(header, { end: '\n', more: length })),
    indented(http(header, { end: '\n', sent: '' })) + body,
    `${http(header)}\r\n\r\n${answer}`,
    `${http(header, { more: length })}\r\n\r\n${answer}`,
    http(header, { sent: chunks, more }),
    `${http(header, { sent: chunks, more })}${answer}`,
    http(header, { more }),
  ]

  for (const form of forms) expect(await codesOf(form)).toEqual(['sound'])
})

test('a GET without Content-Length has no body, whatever follows it', async () => {
  const header = await authorization({ method: 'GET', signedBody: '' })
  const head = `GET ${target} HTTP/1.1\nAuthorization: ${header}\n`

  for (const rest of [answer, `\n${answer}`, '\n{"a":1}']) {
    expect(await codesOf(`${head}${rest}`)).toEqual(['sound'])
  }
})

test('reads files as Windows writes them', async () => {
  const json = JSON.stringify({
    method: 'POST',
    target,
    headers: { Authorization: await authorization() },
    body,
  })
  const marked = Buffer.from(`\uFEFF${json}`, 'utf16le')

  for (const bytes of [Buffer.from(`\uFEFF${json}`), marked, Buffer.from(marked).swap16()]) {
    expect(await codesOf(bytes)).toEqual(['sound'])
  }
})

test('reads what curl -v prints, the body from the command beside it', async () => {
  const verbose = (method: string, header: string) =>
    `* Connected\n> ${method} ${target} HTTP/1.1\r\n> Host: a\r\n> Authorization: ${header}\r\n> \r\n< HTTP/1.1 200 OK\r\n< A: b\r\n<\r\n{}\n* Closed\n`
  const get = await authorization({ method: 'GET', signedBody: '' })
  const post = await authorization()
  const command = `$ curl -v https://a${target} -H 'Authorization: ${post}' -d '${body}'`
  const printed = verbose('POST', `${post}\r\n> Content-Length: 9`)

  expect(await codesOf(verbose('GET', get))).toEqual(['sound'])
  expect(await codesOf(`${command}\n${printed}`)).toEqual(['sound'])
  expect(await explain(printed)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'curl -v does not print the body: paste the curl command itself.\n',
  })
})

test('finds the signed request in a HAR file, and takes null for nothing', async () => {
  const entry = (
    value: string,
    { method = 'GET', postData = {} }: { method?: string; postData?: object | null },
  ) => ({
    request: {
      method,
      url: `https://a${target}`,
      headers: [{ name: 'Authorization', value }],
      postData,
    },
    response: null,
  })
  const signed = await authorization({ method: 'GET', signedBody: '' })
  const forms = [
    {
      log: {
        entries: [entry('Basic a', {}), { request: null }, entry(signed, { postData: null })],
      },
    },
    entry(signed, { postData: { text: null } }),
    { target, method: 'GET', headers: { Authorization: [signed], Cookie: null, Age: 1 } },
    {
      target,
      method: 'GET',
      headers: [
        ['Authorization', [signed]],
        ['Cookie', null],
      ],
    },
  ]

  for (const form of forms) expect(await codesOf(JSON.stringify(form))).toEqual(['sound'])
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

/** The headers of a callback that the platform signed, as a list of lines, and its body. */
const signedCallback = async (text: string, name = (plain: string) => plain) => {
  const dir = inject('credentials')
  const { platformSerial } = JSON.parse(await readFile(join(dir, 'credentials.json'), 'utf8'))
  const key = await readFile(join(dir, 'private', 'wechatpay_key.pem'))
  const signature = createSign('RSA-SHA256')
    .update(`1700000000\nabc\n${text}\n`)
    .sign(key, 'base64')
  const headers = {
    Timestamp: '1700000000',
    Nonce: 'abc',
    Serial: platformSerial,
    Signature: signature,
  }
  return Object.entries(headers).map(([each, value]) => `${name(`Wechatpay-${each}`)}: ${value}`)
}
test('explains answers and callbacks', async () => {
  const headers = (await signedCallback(body)).join('\n')
  const respelled = JSON.stringify(JSON.parse(body), null, 2)

  expect(await codesOf(`HTTP/1.1 200 OK\n${headers}\n\n${body}`)).toEqual(['sound'])
  expect(await codesOf(`${headers}\n\n${body}`)).toEqual(['sound'])
  for (const before of ['100 Continue', '200 Connection established']) {
    const input = `HTTP/1.1 ${before}\n\nHTTP/1.1 200 OK\n${headers}\n\n${body}`
    expect(await codesOf(input)).toEqual(['sound'])
  }
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
  expect(stderr).toMatch(/^This is neither a request nor a signed answer\. Paste [^\n]+\n$/)
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

const envelope = '{"id":"1","resource_type":"encrypt-resource","resource":{}}'

test('knows a callback whose headers did not arrive, and one with the names of CGI', async () => {
  const lines = await signedCallback(
    envelope,
    (name) => `HTTP_${name.toUpperCase().replace('-', '_')}`,
  )
  const bare = await explain(`POST /notify HTTP/1.1\nHost: a\n\n${envelope}`)

  expect(bare.stdout).toContain(
    'lacks Wechatpay-Timestamp, Wechatpay-Nonce, Wechatpay-Signature, Wechatpay-Serial, so',
  )
  expect(bare.stdout).not.toContain('Authorization')
  expect(await codesOf(`POST /notify HTTP/1.1\n${lines.join('\n')}\n\n${envelope}`)).toEqual([
    'sound',
  ])
})

test('reads the signed answer in what curl -v prints', async () => {
  const lines = (await signedCallback(body)).map((line) => `< ${line}`)
  const sent = `* Connected\n> POST ${target} HTTP/1.1\n> Host: a\n> Content-Length: 9\n>\n} [9 bytes data]`
  const answered = ['< HTTP/1.1 200 OK', ...lines, '< ', '{ [50 bytes data]']

  for (const end of ['', '\n* Connection #0 to host a left intact', '* Closing connection 0']) {
    expect(await codesOf(`${sent}\n${answered.join('\n')}\n${body}${end}`)).toEqual(['sound'])
  }
})

test.each([
  ['\n', '\r\n', false],
  ['\r\n', '\n', false],
  ['\n', '\r\n', true],
  ['\r\n', '\n', true],
])(
  'does not accuse line ends that an editor wrote: %j as %j',
  async (before, after, isDeclared) => {
    const signedBody = `{${before}"a": 1${before}}${before}`
    const header = await authorization({ signedBody })
    const more = isDeclared ? `Content-Length: ${signedBody.length}` : ''
    const sent = signedBody.replaceAll(before, after)

    expect(await codesOf(http(header, { sent, end: after, more }))).toEqual(['sound'])
    if (!isDeclared) return
    const cut = signedBody.slice(0, -before.length)
    expect(await codesOf(http(header, { sent: cut, more }))).toEqual(['sound'])
  },
)

test('without Content-Length, a line feed too many may be one that the paste has lost', async () => {
  const header = await authorization({ signedBody: `${body}\n` })
  const more = `Content-Length: ${Buffer.byteLength(body)}`

  expect(await codesOf(http(header))).toEqual(['explained', 'lineFeedTooManyOrCut'])
  expect(await codesOf(http(header, { more }))).toEqual(['explained', 'lineFeedTooMany'])
})

test('names a signature that was made with the APIv3 key of the folder', async () => {
  const dir = inject('credentials')
  const { apiv3Key } = JSON.parse(await readFile(join(dir, 'credentials.json'), 'utf8'))
  const text = `POST\n${target}\n1700000000\nabc\n${body}\n`
  const signature = createHmac('sha256', apiv3Key).update(text).digest('base64')
  const header = (await authorization()).replace(/signature="[^"]+"/, `signature="${signature}"`)
  const { stdout } = await explain(http(header))

  expect(stdout).toContain('[signatureIsKeyed]')
  expect(stdout).not.toContain(apiv3Key)
})

test('in Chinese no English sentence is left', async () => {
  const words = /[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+/
  const [told, help, complaint] = await Promise.all([
    explain(http(await authorization({ signedBody: 'something else' })), '--lang', 'zh'),
    explain('', '--lang', 'zh', '--help'),
    explain('curl https://a/v3/a -d @body.json', '--lang', 'zh'),
  ])

  expect(told.stdout).toMatch(/^验签不通过，原因没有全部查明。\n\n签名所用：本商户的私钥/)
  expect(told.stdout).not.toMatch(words)
  expect(help.stdout).toContain('说明请求、应答或回调的签名为什么验签不通过')
  expect(complaint).toMatchObject({
    code: 2,
    stdout: '',
    stderr: '请求体在文件 body.json 里：把内容贴进命令。\n',
  })
})
