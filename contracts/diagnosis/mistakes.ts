import type { Filled, Sentence, Text } from '../texts.ts'
import { answerFixes, answerTexts } from './texts/answer.ts'
import { authorizationFixes, authorizationTexts } from './texts/authorization.ts'
import { bodyFixes, bodyTexts } from './texts/body.ts'
import { messageFixes, messageTexts } from './texts/message.ts'
import { signatureFixes, signatureTexts } from './texts/signature.ts'

const texts = {
  ...authorizationTexts,
  ...signatureTexts,
  ...messageTexts,
  ...bodyTexts,
  ...answerTexts,
} as const satisfies Record<string, Text>

export type MistakeCode = keyof typeof texts

const fixes: Record<MistakeCode, Sentence> = {
  ...authorizationFixes,
  ...signatureFixes,
  ...messageFixes,
  ...bodyFixes,
  ...answerFixes,
}

const isMistakeCode = (code: string): code is MistakeCode => Object.hasOwn(texts, code)

export const mistakeCodes: readonly MistakeCode[] = Object.keys(texts).filter(isMistakeCode)

/** One thing that the caller did wrong, and what to do about it, in the language of a reader. */
export type Mistake = { code: MistakeCode; sentence: string; fix: string }

/** A mistake whose reader is not known yet. */
export type Finding = { code: MistakeCode; sentence: Filled; fix: Sentence }

/** What goes into a sentence, printable: what was found on the signed side, and on the sent side. */
export type Found = { signed?: Sentence; sent?: Sentence; aspects?: Sentence }

export const mistake = (code: MistakeCode, found: Found = {}): Finding => ({
  code,
  sentence: { text: texts[code], values: { ...found } },
  fix: fixes[code],
})

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (letter: string) => {
  const code = letter.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code > 0xffff) return `\\u{${hex}}`

  return (
    named[letter] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`)
  )
}

/** Text for people: on one line, control characters visible, the middle of a long one left out. */
export const printable = (text: string): string => {
  const shown = text.length > 160 ? `${text.slice(0, 100)} … ${text.slice(-50)}` : text
  return shown.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)
}
