import { fill } from '../../contracts/texts.ts'
import { commandOf } from './curl-verbose.ts'
import { headersOf, type Message, splitUrl, UnreadableError } from './message.ts'
import { explainTexts } from './texts.ts'

/** Reads a curl command line as browsers, terminals and logs copy it. */
export const readCurl = (text: string): Message | undefined => {
  const typed = commandOf(text)
  if (!/^(?:\S*\/)?curl(?:\.exe)?\s/.test(typed)) return undefined
  const [, ...words] = wordsOf(withoutCmdQuoting(typed))
  const options = optionsOf(words)
  const all = (name: string) =>
    options.flatMap((option) => (option.name === name ? option.value : []))
  const urls = all('url')
  // A word that does not look like a URL may be the value of an option that is not listed below.
  const url =
    urls.find((word) => /^[a-z]+:\/\//i.test(word)) ??
    urls.find((word) => /^[^/\s]*[.:][^/\s]*\//.test(word)) ??
    urls[0]
  if (url === undefined) return undefined

  const data = all('data')
  const has = (wanted: string) => options.some(({ name }) => name === wanted)
  const isQuery = has('get') || has('head')
  const { host, target } = splitUrl(url)
  const query = data.length > 0 ? `${target.includes('?') ? '&' : '?'}${data.join('&')}` : ''
  const usual = has('head') ? 'HEAD' : 'GET'
  const headers = all('header').map((line) => {
    const at = line.indexOf(':')
    return [line.slice(0, at), line.slice(at + 1).trim()] as const
  })

  return {
    method: all('request')[0] ?? (data.length > 0 && !isQuery ? 'POST' : usual),
    target: isQuery ? `${target}${query}` : target,
    header: headersOf(host === undefined ? headers : [['Host', host], ...headers]),
    bodies: [Buffer.from(isQuery ? '' : data.join('&'))],
  }
}

type Option = { name: string; value: string }

/** The options that matter, by what they are called here. */
const names: Record<string, string> = {
  '-X': 'request',
  '--request': 'request',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-raw': 'data',
  '--data-binary': 'data',
  '--data-ascii': 'data',
  '--json': 'data',
  '--url': 'url',
  '-G': 'get',
  '--get': 'get',
  '-I': 'head',
  '--head': 'head',
}

/** Options that do not matter, but whose values must not be taken for the URL. */
const othersWithValue = new RegExp(
  `^(-[AbcCDeEFKmoPQrtTuUwxyYz]|--(${[
    'user-agent|cookie|cookie-jar|cert|cert-type|key|key-type|pass|cacert|capath|ciphers|tls-max',
    'referer|form|form-string|upload-file|user|oauth2-bearer|range|time-cond|proto|proto-redir',
    'output|output-dir|write-out|dump-header|stderr|trace|trace-ascii|config|netrc-file',
    'proxy|proxy-header|proxy-user|preproxy|noproxy|socks4|socks4a|socks5|socks5-hostname|doh-url',
    'connect-timeout|max-time|max-redirs|max-filesize|retry|retry-delay|retry-max-time|limit-rate',
    'resolve|connect-to|interface|local-port|dns-servers|unix-socket|keepalive-time|pinnedpubkey',
  ].join('|')}))$`,
)

const encoding = /^--(data-urlencode|url-query)$/

const optionsOf = (words: readonly string[]): Option[] => {
  const options: Option[] = []
  const left = words.flatMap(apart)

  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    // Some write a space as +, others as %20; some %3D, others %3d. The signature knows one of them.
    if (encoding.test(word)) {
      throw new UnreadableError(fill(explainTexts.versionOfCurl, { option: word }))
    }
    const name = names[word]
    if (name === 'get' || name === 'head') options.push({ name, value: '' })
    else if (name !== undefined) options.push({ name, value: left.shift() ?? '' })
    else if (othersWithValue.test(word)) left.shift()
    else if (!word.startsWith('-')) options.push({ name: 'url', value: word })
  }
  const file = options.find(({ name, value }) => name === 'data' && value.startsWith('@'))?.value
  if (file) throw new UnreadableError(fill(explainTexts.bodyInFile, { file: file.slice(1) }))

  return options
}

/** Short options apart from each other, and the last from the value written to it. */
const apart = (word: string): string[] => {
  const [, flags, option = '', value = ''] = shortOptions.exec(word) ?? []
  if (flags === undefined) return [word]
  return [...[...flags, ...option].map((flag) => `-${flag}`), ...(value === '' ? [] : [value])]
}

const shortOptions = /^-(?!-)([^AbcCdDeEFHKmoPQrtTuUwxXyYz]*)(.?)(.*)$/s

const piece = String.raw`\$'(?:\\.|[^'\\])*'|'[^']*'|"(?:\\.|[^"\\])*"|\\.`
const piecePattern = new RegExp(piece, 'gs')
const wordPattern = new RegExp(String.raw`(?:${piece}|[^\s'"\\])+`, 'gs')

/** The words of a command line, as a shell would hand them on. */
const wordsOf = (text: string): string[] =>
  [...text.replace(/\\\r?\n/g, ' ').matchAll(wordPattern)].map(([word]) =>
    word.replace(piecePattern, unquoted),
  )

const unquoted = (quoted: string): string => {
  if (quoted.startsWith('$')) return quoted.slice(2, -1).replace(escapePattern, unescaped)
  if (quoted.startsWith("'")) return quoted.slice(1, -1)
  if (quoted.startsWith('"')) return quoted.slice(1, -1).replace(/\\(["\\$`])/g, '$1')
  return quoted.slice(1)
}

const escapePattern = /(?:\\x[0-9a-f]{2})+|\\u[0-9a-f]{1,4}|\\./gis
const letters: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

const unescaped = (sequence: string): string => {
  const [, kind = '', ...rest] = sequence
  if (kind === 'x') return Buffer.from(sequence.replaceAll('\\x', ''), 'hex').toString()
  return kind === 'u' && rest.length > 0
    ? String.fromCharCode(Number.parseInt(rest.join(''), 16))
    : (letters[kind] ?? kind)
}

/** Undoes what "Copy as cURL (cmd)" does for cmd.exe. @throws {UnreadableError} where that is not certain */
const withoutCmdQuoting = (command: string): string => {
  if (!/\s\^(?:"|\r?\n)/.test(command)) return command
  const plain = command.replace(/\^(?:\r?\n|(.))/gs, '$1')
  // Single quotes are a POSIX shell's; what becomes of a backslash differs between programs.
  if (!/\s\^"/.test(command) || /\s\$?'/.test(command) || /\\(?!")/.test(plain)) {
    throw new UnreadableError(explainTexts.cmdQuoting)
  }

  return plain
}
