import {
  type CashierRefusal,
  type Client,
  cashierTexts,
  cashierWords,
  productOf,
} from '../../contracts/cashier.ts'
import { fill, type Language, render, type Sentence } from '../../contracts/texts.ts'
import type { Authority } from '../authority/authority.ts'
import type { SigningKeys } from '../authority/signing-keys.ts'
import { cashierProblem } from '../domain/cashier.ts'
import type { Store } from '../store/store.ts'
import { knownTo } from './diagnosis.ts'

/** What a front end hands to WeChat, as it is. */
export type Invocation = {
  client: Client
  parameters: Readonly<Record<string, unknown>>
  language?: Language | undefined
}

type Parts = { authority: Authority; signingKeys: SigningKeys; store: Store }

/** Checks invocation parameters as WeChat would, and says what is wrong with them. */
export const createInvocationCheck =
  ({ store, ...parts }: Parts) =>
  async (mchid: string, { language = 'en', ...invocation }: Invocation) => {
    // Loaded at the first check: start-up does not need it.
    const { readInvocation, signatureProblems } = await import(
      '../../contracts/diagnosis/invocation.ts'
    )
    const { prepay_id } = readInvocation(invocation, '')
    const [record] = await store.find('transactions', 'handle', [mchid, prepay_id])
    const { appid, sp_appid, sub_appid } = record?.order?.request ?? {}
    const appids = [appid ?? sp_appid, sub_appid].filter((id) => id !== undefined)
    const read = readInvocation(invocation, appids[0] ?? '')
    const { keys } = await knownTo(mchid, parts)
    const apiKeys = [parts.authority.credentialsOf(mchid).apiv2Key]
    const unsigned = signatureProblems(read, { keys, appids, apiKeys })

    const refusal = (): CashierRefusal | undefined => {
      if (!record?.order) return 'handleUnknown'
      if (record.order.product !== productOf[invocation.client]) return 'productOther'
      if (!appids.includes(read.appid)) return 'appOther'
      if (unsigned.length > 0) return 'signatureWrong'
      const visit = { handle: prepay_id, user: {}, bank_type: '', coupon: 0, at: store.now() }
      return cashierProblem(record, visit)
    }
    const refused = refusal()
    const shown = refused && cashierWords[refused]
    const problems: Sentence[] = [
      ...(refused
        ? [fill(cashierTexts.shows, { shown: shown ?? '', why: cashierTexts[refused] })]
        : []),
      ...read.problems,
      ...unsigned,
    ]

    return {
      opens: problems.length === 0,
      ...(shown !== undefined && { shown }),
      problems: problems.map((problem) => render(problem, language)),
    }
  }
