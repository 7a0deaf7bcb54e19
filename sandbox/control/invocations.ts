import type { Invocation } from '../../contracts/diagnosis/invocation.ts'
import { type Language, render } from '../../contracts/texts.ts'
import type { Authority } from '../authority/authority.ts'
import type { SigningKeys } from '../authority/signing-keys.ts'
import { cashierProblem } from '../domain/cashier.ts'
import type { Store } from '../store/store.ts'
import { knownTo } from './diagnosis.ts'

type Parts = { authority: Authority; signingKeys: SigningKeys; store: Store }

/** Checks invocation parameters as WeChat would, and says what is wrong with them. */
export const createInvocationCheck =
  ({ store, ...parts }: Parts) =>
  async (mchid: string, asked: Invocation & { language?: Language | undefined }) => {
    // Loaded at the first check: start-up does not need it.
    const { examineInvocation, prepayIdOf } = await import(
      '../../contracts/diagnosis/invocation.ts'
    )
    const handle = prepayIdOf(asked)
    const [record] = await store.find('transactions', 'handle', [mchid, handle])
    const { appid, sp_appid, sub_appid } = record?.order?.request ?? {}
    const visit = { handle, user: {}, bank_type: '', coupon: 0, at: store.now() }
    const { problems, ...found } = examineInvocation(asked, {
      keys: (await knownTo(mchid, parts)).keys,
      apiKeys: [parts.authority.credentialsOf(mchid).apiv2Key],
      appids: [appid ?? sp_appid, sub_appid].filter((id) => id !== undefined),
      order: record?.order && { ...record.order, refusal: cashierProblem(record, visit) },
    })
    const { language = 'en' } = asked

    return {
      opens: problems.length === 0,
      ...found,
      problems: problems.map((problem) => render(problem, language)),
    }
  }
