import { type Authorization, scheme } from '../protocol/authorization.ts'
import { list } from '../texts.ts'
import { mend, readStrictly } from './authorization-mends.ts'
import { type Finding, type MistakeCode, mistake, printable } from './mistakes.ts'

type MemberName = keyof Authorization

/** What can be made out of an Authorization header, and what breaks its form. */
export type AuthorizationReading = {
  members: Partial<Authorization>
  mistakes: readonly Finding[]
}

/** The members, with what others call them. */
const names: readonly (readonly [MemberName, RegExp])[] = [
  ['mchid', /^(mch|merchant)_?id$/i],
  ['nonce_str', /^nonce(_?str)?$/i],
  ['signature', /^sign?(ature)?$/i],
  ['timestamp', /^time_?(stamp)?$/i],
  ['serial_no', /^serial_?(no|number)?$/i],
]

/** Reads a header however it is written. One that keeps to the form has no mistakes. */
export const readAuthorization = (header: string | undefined): AuthorizationReading => {
  if (!header) return { members: {}, mistakes: [mistake('authorizationMissing')] }
  if (header.length > longest) {
    return { members: {}, mistakes: [mistake('authorizationUnreadable')] }
  }
  const { text, mistakes: mended } = mend(header)
  const { members: read, mistakes } = readMended(text)
  const { members, blanks } = trimmed(read)
  const all = [...mended, ...mistakes, ...blanks]
  const isFine = all.length > 0 || readStrictly(header) !== undefined

  return { members, mistakes: isFine ? all : [mistake('authorizationUnreadable')] }
}

/** Without white space around mchid and serial_no: with it they look like those of somebody else. */
const trimmed = (read: Partial<Authorization>) => {
  const padded = (['mchid', 'serial_no'] as const).flatMap((name) => {
    const value = read[name]
    return value === undefined || value === value.trim() ? [] : [{ name, value }]
  })
  const members: Partial<Authorization> = {
    ...read,
    ...Object.fromEntries(padded.map(({ name, value }) => [name, value.trim()])),
  }
  const blanks = padded.map(({ name, value }) =>
    mistake('valueHasBlanks', { sent: `${name}="${printable(value)}"` }),
  )

  return { members, blanks }
}

// A header with a signature of 16,384 bits has half as many letters.
const longest = 8_192

const readMended = (header: string): AuthorizationReading => {
  const strict = readStrictly(header)
  if (strict) {
    const isFolded = /[\r\n]/.test(header.replace(strict.signature, ''))
    return { members: strict, mistakes: isFolded ? [mistake('authorizationFolded')] : [] }
  }
  if (header.trim() === scheme) return { members: {}, mistakes: [mistake('schemeAlone')] }

  const [, word = '', rest = header] = schemePattern.exec(header) ?? []
  const found = membersIn(rest)
  // Of one that is there twice, the first counts.
  const read: Partial<Authorization> = Object.fromEntries(
    found.toReversed().map(({ name, value }) => [name, value]),
  )
  const isSwapped = isSwappedTime(read)
  const { timestamp, nonce_str } = read
  const members =
    isSwapped && timestamp !== undefined && nonce_str !== undefined
      ? { ...read, timestamp: nonce_str, nonce_str: timestamp }
      : read

  return {
    members,
    mistakes: [
      ...schemeMistakes(word),
      ...formMistakes(rest, found),
      ...memberMistakes(found),
      ...(isSwapped ? [mistake('membersSwapped')] : []),
      ...valueMistakes(members),
    ],
  }
}

/** Whether the nonce looks like a time of this century, and the timestamp like none. */
const isSwappedTime = ({ timestamp = '', nonce_str = '' }: Partial<Authorization>) =>
  timePattern.test(nonce_str) && timestamp !== '' && !/^\d+$/.test(timestamp)

const timePattern = /^[1-3]\d{9}$/

// A first word that a sign follows is the name of a member.
const schemePattern = /^\s*([^\s=:,"'{]+)\s+(?![\s=:])(.*)$/s

const schemeMistakes = (word: string): Finding[] => {
  if (word === scheme) return []
  return word === ''
    ? [mistake('schemeMissing')]
    : [mistake('schemeOther', { sent: printable(word), signed: scheme })]
}

// The name begins where no Base64 runs on, and is bounded: that keeps the search linear.
const memberPattern =
  /(?<![\w+/])(["']?)([a-z_]{1,32})(\1\s*[=:]\s*)(?:"([^"]*)("?)|'([^']*)'|([^\s,;&"'}]+))/gi

type HeaderMember = {
  name: MemberName
  written: string
  value: string
  quote: string
  /** Whether it is name=value, without quotes or blanks around the name, without a colon. */
  isPlain: boolean
}

const membersIn = (text: string): HeaderMember[] =>
  [...text.matchAll(memberPattern)].flatMap((match) => {
    const [, , written = '', sign, double, closing = '', single, bare = ''] = match
    const name = nameFor(written)
    const quote = single === undefined ? closing : "'"
    const value = double ?? single ?? bare
    return name === undefined ? [] : { name, written, value, quote, isPlain: sign === '=' }
  })

const nameFor = (written: string): MemberName | undefined =>
  names.find(([own, others]) => own === written || others.test(written))?.[0]

const memberMistakes = (found: readonly HeaderMember[]): Finding[] =>
  names.flatMap(([name]) => {
    const [first, second] = found.filter((member) => member.name === name)
    const isMisspelt = first !== undefined && first.written !== name
    return [
      ...(isMisspelt ? [mistake('memberMisspelt', { sent: first.written, signed: name })] : []),
      ...(second ? [mistake('memberTwice', { sent: name })] : []),
    ]
  })

/** What is wrong with how the members are written, and which are not there at all. */
const formMistakes = (text: string, found: readonly HeaderMember[]): Finding[] => {
  const words = new Set((text.match(/[a-z_]+/gi) ?? []).map(nameFor))
  const isFound = (name: MemberName) => found.some((member) => member.name === name)
  const isUnread = names.some(([name]) => words.has(name) && !isFound(name))
  const isPlain = found.every((member) => member.isPlain)
  const isEmpty = (name: MemberName) => found.find((member) => member.name === name)?.value === ''
  const missing = names.flatMap(([name]) => (isEmpty(name) || !words.has(name) ? name : []))

  return [
    ...(isPlain ? [...separatorMistakes(text), ...quoteMistakes(found)] : []),
    ...(isPlain && !isUnread ? [] : [mistake('authorizationUnreadable')]),
    ...missing.map((name) => mistake('memberMissing', { sent: name })),
  ]
}

const quoteMistakes = (found: readonly HeaderMember[]): Finding[] => {
  const quotedWith = (wanted: string) =>
    found.flatMap(({ name, quote }) => (quote === wanted ? [name] : []))

  return [
    ...listed('valueSingleQuoted', quotedWith("'")),
    ...listed('valueNotQuoted', quotedWith('')),
  ]
}

const listed = (code: MistakeCode, members: readonly MemberName[]): Finding[] =>
  members.length > 0 ? [mistake(code, { sent: list([...new Set(members)]) })] : []

/** What is wrong with the text around the members. */
const separatorMistakes = (text: string): Finding[] => {
  const [before = '', ...between] = text.replace(memberPattern, '\0').split('\0')
  const after = between.pop()
  if (after === undefined) return []
  const isMoreThanSigns = (gap: string) => /["'\w]/.test(gap)
  const signs = between.filter((gap) => !isMoreThanSigns(gap))
  const extra = [before, ...between.filter(isMoreThanSigns), after].join('').trim()

  return [
    ...(signs.every((gap) => gap.trim() === ',') ? [] : [mistake('separatorNotComma')]),
    ...(extra ? [mistake('authorizationExtra', { sent: printable(extra) })] : []),
  ]
}

const valueMistakes = (members: Partial<Authorization>): Finding[] => {
  const { timestamp, nonce_str } = members
  const isInMilliseconds = /^\d{13}$/.test(timestamp ?? '')
  const isNoNumber = timestamp !== undefined && !/^\d{1,13}$/.test(timestamp)
  const isUnusable = nonce_str !== undefined && !/^[\x21-\x7e]{1,128}$/.test(nonce_str)
  const sent = printable(timestamp ?? '')

  return [
    ...(isInMilliseconds ? [mistake('timestampInMilliseconds', { sent })] : []),
    ...(isNoNumber ? [mistake('timestampNotNumber', { sent })] : []),
    ...(isUnusable ? [mistake('nonceUnusable')] : []),
  ]
}
