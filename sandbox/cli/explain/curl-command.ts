import { headersOf, type Message, splitUrl } from './message.ts'

/** Reads a curl command line as browsers and logs copy it, written for a POSIX shell. */
export const readCurl = (text: string): Message | undefined => {
  const [command, ...words] = wordsOf(text)
  if (!/^(?:\S*\/)?curl(?:\.exe)?$/.test(command ?? '')) return undefined
  const options = optionsOf(words)
  const all = (name: string) =>
    options.flatMap((option) => (option.name === name ? option.value : []))
  const urls = all('url')
  // A word without a scheme may be the value of an option that is not listed below.
  const url = urls.find((word) => word.includes('://')) ?? urls[0]
  if (url === undefined) return undefined

  const data = all('data')
  const isQuery = options.some(({ name }) => name === 'get')
  const { host, target } = splitUrl(url)
  const headers = all('header').map((line) => {
    const at = line.indexOf(':')
    return [line.slice(0, at), line.slice(at + 1).trim()] as const
  })

  return {
    method: all('request')[0] ?? (data.length > 0 && !isQuery ? 'POST' : 'GET'),
    target: isQuery ? `${target}${target.includes('?') ? '&' : '?'}${data.join('&')}` : target,
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
}

/** Options that do not matter, but whose values must not be taken for the URL. */
const othersWithValue =
  /^(-[AbcEeFmoTuwx]|--(user-agent|cookie|cookie-jar|cert|referer|form|max-time|output|upload-file|user|write-out|proxy|connect-timeout|cacert|key|resolve|connect-to|retry))$/

const encoding = /^--(data-urlencode|url-query)$/

const optionsOf = (words: readonly string[]): Option[] => {
  const options: Option[] = []
  const left = words.flatMap(apart)

  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    // Some write a space as +, others as %20; some %3D, others %3d. The signature knows one of them.
    if (encoding.test(word)) {
      throw new Error(`What ${word} sends depends on the version of curl: paste raw HTTP.`)
    }
    const name = names[word]
    if (name === 'get') options.push({ name, value: '' })
    else if (name !== undefined) options.push({ name, value: left.shift() ?? '' })
    else if (othersWithValue.test(word)) left.shift()
    else if (!word.startsWith('-')) options.push({ name: 'url', value: word })
  }
  const file = options.find(({ name, value }) => name === 'data' && value.startsWith('@'))?.value
  if (file) throw new Error(`The body lies in ${file.slice(1)}: paste it into the command.`)

  return options
}

/** A short option apart from the value written to it, or from the flags before it. */
const apart = (word: string): string[] => {
  const [, option, value] = /^(-[XHd])(.+)$/s.exec(word) ?? []
  if (option !== undefined && value !== undefined) return [option, value]
  const [, last] = /^-\w+(\w)$/.exec(word) ?? []

  return last === undefined ? [word] : [`-${last}`]
}

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
