import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { readCredentials } from '../../client/credentials.ts'
import { signedFetch } from '../../client/index.ts'
import { credentialsFiles } from '../../contracts/credentials.ts'
import { jsonOf } from '../../contracts/json.ts'
import { fill } from '../../contracts/texts.ts'
import type { CommandLine, Io } from './command-line.ts'
import { address, fail } from './input.ts'
import { bashScript, curlCommand } from './shell-call.ts'
import { curlTexts } from './texts.ts'
import { UsageError } from './usage-error.ts'

type Flags = { url: string; dir: string; data?: string; print?: true }
type Call = { method: string; target: string; body: string }

/** Signs with the keys of the folder, sends, verifies, and prints what came. */
const send = async ({ method, target, body }: Call, flags: Flags, { io, say }: CommandLine) => {
  const fetch = signedFetch(readCredentials(flags.dir))
  const response = await fetch(flags.url + target, { method, ...(body !== '' && { body }) })
  const { status, headers } = response
  const answer = await response.text()
  const json = jsonOf(answer)

  const requestId = headers.get('request-id') ?? ''
  const serial = headers.get('wechatpay-serial') ?? ''
  const said = response.ok ? curlTexts.verified : curlTexts.refused
  io.stderr.write(`${say(fill(said, { status, requestId, serial, url: flags.url }))}\n`)
  if (answer !== '') {
    io.stdout.write(`${json === undefined ? answer : JSON.stringify(json, null, 2)}\n`)
  }
  if (!response.ok) io.exitCode = 1
}

/** Prints the call in place of sending it: once signed for curl, once for bash and openssl. */
const print = async ({ method, target, body }: Call, flags: Flags, { io, say }: CommandLine) => {
  const credentials = readCredentials(flags.dir)
  const signing = new Promise<Request>((resolve, reject) => {
    const capture = (request: Request) => {
      resolve(request)
      return new Response(null, { status: 400 })
    }
    signedFetch({ ...credentials, fetch: capture })(flags.url + target, {
      method,
      ...(body !== '' && { body }),
    }).catch(reject)
  })
  const script = bashScript({
    method,
    origin: flags.url,
    target,
    body,
    mchid: credentials.mchid,
    serial: credentials.serial,
    keyFile: join(flags.dir, credentialsFiles.merchantKey),
  })

  io.stdout.write(
    [
      `# ${say(curlTexts.forFiveMinutes)}`,
      curlCommand(await signing, body),
      `\n# ${say(curlTexts.forEver)}`,
      `${script}\n`,
    ].join('\n'),
  )
}

const bodyOf = async (file: string | undefined, { stdin }: Io): Promise<string> => {
  if (file === undefined) return ''
  return file === '-' ? text(stdin) : readFile(file, 'utf8')
}

export const addCurl = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  const texts = curlTexts

  program
    .command('curl')
    .description(say(texts.description))
    .argument('<method>', say(texts.method))
    .argument('<target>', say(texts.target))
    .option('--data <file>', say(texts.data))
    .option('--url <url>', say(texts.url), address, 'http://127.0.0.1:8129')
    .option('--dir <folder>', say(texts.dir), '.wechatpay-sandbox')
    .option('--print', say(texts.print))
    .action((method: string, target: string, { url, ...flags }: Flags) => {
      if (!/^[a-z]+$/i.test(method)) throw new UsageError(fill(texts.notMethod, { method }))
      if (!target.startsWith('/')) throw new UsageError(fill(texts.notTarget, { target }))
      const run = async () => {
        const body = await bodyOf(flags.data, commandLine.io)
        const call = { method: method.toUpperCase(), target, body }
        const rest = { ...flags, url: url.replace(/\/$/, '') }
        await (flags.print ? print(call, rest, commandLine) : send(call, rest, commandLine))
      }
      return run().catch(fail(commandLine))
    })
}
