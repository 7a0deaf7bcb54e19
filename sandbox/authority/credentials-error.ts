const nextSteps = {
  CREDENTIALS_EXPIRED: 'delete the folder to have new keys made',
  CREDENTIALS_FOREIGN: 'choose another folder',
  CREDENTIALS_INCOMPLETE: 'restore the file, or delete the folder to have new keys made',
  CREDENTIALS_INCONSISTENT: 'restore the files, or delete the folder to have new keys made',
  CREDENTIALS_OF_ANOTHER_MERCHANT: 'start with that merchant, or choose another folder',
  CREDENTIALS_UNREADABLE: 'restore the file, or delete the folder to have new keys made',
  CREDENTIALS_UNWRITABLE: 'choose another folder, for a mount point one inside it',
  MERCHANT_UNKNOWN: 'add it with addMerchant',
} as const

export type CredentialsErrorCode = keyof typeof nextSteps

/** Keys that cannot be used. The message is one sentence for the user and never holds a key. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError'
  readonly code: CredentialsErrorCode

  constructor(code: CredentialsErrorCode, problem: string, options?: ErrorOptions) {
    super(`${problem}; ${nextSteps[code]}.`, options)
    this.code = code
  }
}

type Unusable = { code: CredentialsErrorCode; reason: string; cause?: unknown }

export const unusable = (dir: string, { code, reason, cause }: Unusable): CredentialsError =>
  new CredentialsError(code, `The credentials folder ${dir} cannot be used: ${reason}`, { cause })
