import type { EndpointId } from '../../../contracts/endpoints.ts'
import type { Product } from '../../../contracts/transactions.ts'
import type { TransactionActions } from '../../actions/transactions.ts'
import type { Handlers, ParsedCall } from '../parse-call.ts'

type Order = ParsedCall<Extract<EndpointId, `pay.${Product}.${string}`>>
type Query = ParsedCall<Extract<EndpointId, `pay.query${string}`>>
type Close = ParsedCall<Extract<EndpointId, `pay.close.${string}`>>

export const transactionRoutes = (transactions: TransactionActions) => {
  const order = (product: Product) => ({
    answer: ({ mchid, body }: Order) => transactions.order(mchid, product, body),
  })
  const query = {
    answer: ({ mchid, path, query }: Query) => transactions.query(mchid, { ...path, ...query }),
  }
  const close = {
    answer: ({ mchid, path, body }: Close) => transactions.close(mchid, { ...path, ...body }),
  }

  return {
    'pay.jsapi.direct': order('jsapi'),
    'pay.app.direct': order('app'),
    'pay.h5.direct': order('h5'),
    'pay.native.direct': order('native'),
    'pay.jsapi.partner': order('jsapi'),
    'pay.app.partner': order('app'),
    'pay.h5.partner': order('h5'),
    'pay.native.partner': order('native'),
    'pay.queryById.direct': query,
    'pay.queryById.partner': query,
    'pay.queryByOutTradeNo.direct': query,
    'pay.queryByOutTradeNo.partner': query,
    'pay.close.direct': close,
    'pay.close.partner': close,
  } satisfies Partial<Handlers>
}
