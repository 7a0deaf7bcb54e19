import { fill, type Sentence, SentenceError } from '../../contracts/texts.ts'
import { authorityTexts } from './texts.ts'

const nextSteps = {
  CREDENTIALS_EXPIRED: authorityTexts.stepExpired,
  CREDENTIALS_FOREIGN: authorityTexts.stepForeign,
  CREDENTIALS_INCOMPLETE: authorityTexts.stepRestoreFile,
  CREDENTIALS_INCONSISTENT: authorityTexts.stepRestoreFiles,
  CREDENTIALS_OF_ANOTHER_MERCHANT: authorityTexts.stepMerchant,
  CREDENTIALS_UNREADABLE: authorityTexts.stepRestoreFile,
  CREDENTIALS_UNWRITABLE: authorityTexts.stepPlace,
} as const

export type CredentialsErrorCode =
  | keyof typeof nextSteps
  | 'MERCHANT_UNKNOWN'
  | 'MERCHANTS_TOO_MANY'

/** Keys that cannot be used. The message is one sentence for the user and never holds a key. */
export class CredentialsError extends SentenceError {
  override readonly name = 'CredentialsError'
  readonly code: CredentialsErrorCode

  constructor(code: CredentialsErrorCode, sentence: Sentence, options?: ErrorOptions) {
    super(sentence, options)
    this.code = code
  }
}

type Unusable = { code: keyof typeof nextSteps; reason: Sentence; cause?: unknown }

/** Who may not enter is not helped by deleting. */
const isForbidden = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === 'EACCES' || cause.code === 'EPERM')

export const unusable = (dir: string, { code, reason, cause }: Unusable): CredentialsError => {
  const step = isForbidden(cause) ? authorityTexts.stepPermission : nextSteps[code]
  return new CredentialsError(code, fill(authorityTexts.unusable, { dir, reason, step }), { cause })
}
