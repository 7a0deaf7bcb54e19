import {
  type Authorization,
  parseAuthorization,
  scheme,
  schemeOf,
} from '../protocol/authorization.ts'
import { type Mistake, mistake } from './mistakes.ts'
import { printable } from './printable.ts'

type Name = keyof Authorization

/** What can be made out of an Authorization header, and what breaks its form. */
export type AuthorizationReading = {
  members: Partial<Authorization>
  mistakes: readonly Mistake[]
}

/** The members, with what others call them. */
const names: readonly (readonly [Name, RegExp])[] = [
  ['mchid', /^(mch|merchant)_?id$/i],
  ['nonce_str', /^nonce(_?str)?$/i],
  ['signature', /^sign?(ature)?$/i],
  ['timestamp', /^time_?(stamp)?$/i],
  ['serial_no', /^serial_?(no|number)?$/i],
]

/** Reads a header however it is written. One that keeps to the form has no mistakes. */
export const readAuthorization = (header: string | undefined): AuthorizationReading => {
  if (!header) return { members: {}, mistakes: [mistake('authorizationMissing')] }
  const strict = readStrictly(header)
  if (strict) {
    const isFolded = /[\r\n]/.test(header.replace(strict.signature, ''))
    return { members: strict, mistakes: isFolded ? [mistake('authorizationFolded')] : [] }
  }

  const [, word = '', rest = header] = /^\s*([^\s=,"]+)\s+(.*)$/s.exec(header) ?? []
  const found = membersIn(rest)
  // Of one that is there twice, the first counts.
  const members = Object.fromEntries(found.toReversed().map(({ name, value }) => [name, value]))
  const mistakes = [
    ...schemeMistakes(word),
    ...separatorMistakes(rest),
    ...memberMistakes(found),
    ...valueMistakes(members),
  ]

  return { members, mistakes: mistakes.length ? mistakes : [mistake('authorizationUnreadable')] }
}

const readStrictly = (header: string): Authorization | undefined => {
  if (schemeOf(header) !== scheme) return undefined
  try {
    return parseAuthorization(header)
  } catch {
    return undefined
  }
}

const schemeMistakes = (word: string): Mistake[] => {
  if (word === scheme) return []
  return word === ''
    ? [mistake('schemeMissing')]
    : [mistake('schemeOther', { sent: printable(word), signed: scheme })]
}

const memberPattern = /([a-z_]+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s,;&"']+))/gi

type Member = { name: Name; written: string; value: string; quote: string }

const membersIn = (text: string): Member[] =>
  [...text.matchAll(memberPattern)].flatMap(([, written = '', double, single, bare = '']) => {
    const [name] = names.find(([own, others]) => own === written || others.test(written)) ?? []
    const quote = double === undefined ? (single === undefined ? '' : "'") : '"'
    return name === undefined ? [] : { name, written, value: double ?? single ?? bare, quote }
  })

const memberMistakes = (members: readonly Member[]): Mistake[] =>
  members.flatMap(({ name, written, quote }, index) => [
    ...(name === written ? [] : [mistake('memberMisspelt', { sent: written, signed: name })]),
    ...(quote === "'" ? [mistake('valueSingleQuoted', { sent: name })] : []),
    ...(quote === '' ? [mistake('valueNotQuoted', { sent: name })] : []),
    ...(members.findIndex((member) => member.name === name) < index
      ? [mistake('memberTwice', { sent: name })]
      : []),
  ])

/** What is wrong with the text around the members. */
const separatorMistakes = (text: string): Mistake[] => {
  const [before = '', ...between] = text.replace(memberPattern, '\0').split('\0')
  const after = between.pop()
  if (after === undefined) return []
  const extra = `${before}${after}`.trim()

  return [
    ...(between.every((gap) => gap.trim() === ',') ? [] : [mistake('separatorNotComma')]),
    ...(extra ? [mistake('authorizationExtra', { sent: printable(extra) })] : []),
  ]
}

const valueMistakes = (members: Partial<Authorization>): Mistake[] => {
  const { timestamp, nonce_str } = members
  const isInMilliseconds = /^\d{13}$/.test(timestamp ?? '')
  const isNoNumber = timestamp !== undefined && !/^\d{1,13}$/.test(timestamp)
  const isUnusable = nonce_str !== undefined && !/^[\x21-\x7e]{1,128}$/.test(nonce_str)
  const sent = printable(timestamp ?? '')

  return [
    ...names.flatMap(([name]) => (members[name] ? [] : mistake('memberMissing', { sent: name }))),
    ...(isInMilliseconds ? [mistake('timestampInMilliseconds', { sent })] : []),
    ...(isNoNumber ? [mistake('timestampNotNumber', { sent })] : []),
    ...(isUnusable ? [mistake('nonceUnusable')] : []),
  ]
}
