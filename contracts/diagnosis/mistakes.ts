import { answerWordings } from './wordings/answer.ts'
import { authorizationWordings } from './wordings/authorization.ts'
import { bodyWordings } from './wordings/body.ts'
import { identityWordings } from './wordings/identity.ts'
import { messageWordings } from './wordings/message.ts'
import { signatureWordings } from './wordings/signature.ts'
import { targetWordings } from './wordings/target.ts'
import { transitWordings } from './wordings/transit.ts'
import type { Wording } from './wordings/wording.ts'

const wordings = {
  ...authorizationWordings,
  ...signatureWordings,
  ...identityWordings,
  ...targetWordings,
  ...messageWordings,
  ...bodyWordings,
  ...transitWordings,
  ...answerWordings,
} as const satisfies Record<string, Wording>

export type MistakeCode = keyof typeof wordings

const isMistakeCode = (code: string): code is MistakeCode => Object.hasOwn(wordings, code)

export const mistakeCodes: readonly MistakeCode[] = Object.keys(wordings).filter(isMistakeCode)

/** One thing that the caller did wrong, and what to do about it. */
export type Mistake = { code: MistakeCode; sentence: string; fix: string }

/** What goes into a sentence, printable: what was found on the signed side, and on the sent side. */
export type Found = { signed?: string; sent?: string; aspects?: string }

export const mistake = (code: MistakeCode, found: Found = {}): Mistake => {
  const { sentence, fix }: Wording = wordings[code]
  const words = new Map(Object.entries(found))
  const fill = (_: string, name: string) => words.get(name) ?? ''

  return { code, sentence: sentence.replace(/\{(signed|sent|aspects)\}/g, fill), fix }
}
