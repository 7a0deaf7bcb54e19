import { answerTexts } from './texts/answer.ts'
import { authorizationTexts } from './texts/authorization.ts'
import { bodyTexts } from './texts/body.ts'
import { identityTexts } from './texts/identity.ts'
import { messageTexts } from './texts/message.ts'
import type { MistakeText } from './texts/mistake-text.ts'
import { signatureTexts } from './texts/signature.ts'
import { targetTexts } from './texts/target.ts'
import { transitTexts } from './texts/transit.ts'

const texts = {
  ...authorizationTexts,
  ...signatureTexts,
  ...identityTexts,
  ...targetTexts,
  ...messageTexts,
  ...bodyTexts,
  ...transitTexts,
  ...answerTexts,
} as const satisfies Record<string, MistakeText>

export type MistakeCode = keyof typeof texts

const isMistakeCode = (code: string): code is MistakeCode => Object.hasOwn(texts, code)

export const mistakeCodes: readonly MistakeCode[] = Object.keys(texts).filter(isMistakeCode)

/** One thing that the caller did wrong, and what to do about it. */
export type Mistake = { code: MistakeCode; sentence: string; fix: string }

/** What goes into a sentence, printable: what was found on the signed side, and on the sent side. */
export type Found = { signed?: string; sent?: string; aspects?: string }

export const mistake = (code: MistakeCode, found: Found = {}): Mistake => {
  const { sentence, fix }: MistakeText = texts[code]
  const words = new Map(Object.entries(found))
  const fill = (_: string, name: string) => words.get(name) ?? ''

  return { code, sentence: sentence.replace(/\{(signed|sent|aspects)\}/g, fill), fix }
}
