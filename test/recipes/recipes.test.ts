import { once } from 'node:events'
import type { Server } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Wechatpay } from 'wechatpay-sandbox/client'
import { placeOf } from '../../contracts/loopback.ts'
import { apiv3Key, callbackOf, probe } from '../client/callback.ts'
import { optionsFor } from '../client/wechat-server.ts'
import * as expressRecipe from './express.ts'
import * as honoRecipe from './hono.ts'
import * as nodeHttpRecipe from './node-http.ts'

const wxpay = new Wechatpay({ ...optionsFor('http://127.0.0.1'), apiv3Key })

type MarkPaid = (orderNo: string) => Promise<void>
type Post = (init: RequestInit) => Response | Promise<Response>

const served = (server: Server): Post => {
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const listening = once(server, 'listening')

  return async (init) => {
    await listening
    return fetch(`${placeOf(server.address()).url}/notify`, init)
  }
}

const recipes: [string, (markPaid: MarkPaid) => Post][] = [
  ['Hono', (markPaid) => (init) => honoRecipe.receiver(wxpay, markPaid).request('/notify', init)],
  ['Express', (markPaid) => served(expressRecipe.receiver(wxpay, markPaid).listen(0, '127.0.0.1'))],
  [
    'node:http',
    (markPaid) => served(nodeHttpRecipe.receiver(wxpay, markPaid).listen(0, '127.0.0.1')),
  ],
]

const order = {
  service_id: '500001',
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
  sub_mchid: '1900000109',
  out_order_no: '1234323JKHDFE1243252',
  state: 'DONE',
  service_introduction: '羽毛球课',
  total_amount: 40000,
  need_collection: true,
  collection: { state: 'USER_PAID', total_amount: 40000, paying_amount: 0, paid_amount: 40000 },
}

const answerTo = async (
  recipe: (markPaid: MarkPaid) => Post,
  callback: ReturnType<typeof callbackOf>,
) => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => logged.mockRestore())
  const paid: string[] = []
  const post = recipe(async (orderNo) => void paid.push(orderNo))
  const response = await post({ method: 'POST', ...callback })

  return { status: response.status, body: await response.json(), paid, logged: logged.mock.calls }
}

test.each(recipes)('%s accepts a callback', async (_, recipe) => {
  const answer = await answerTo(recipe, callbackOf('PAYSCORE.USER_PAID', order))

  expect(answer).toEqual({
    status: 200,
    body: { code: 'SUCCESS', message: '成功' },
    paid: [order.out_order_no],
    logged: [],
  })
})

const genuine = callbackOf('PAYSCORE.USER_PAID', order)
const forgeries: [string, typeof genuine][] = [
  ['that was changed on the way', { ...genuine, body: genuine.body.replace('通知', '收款') }],
  ['that is a probe', callbackOf('PAYSCORE.USER_PAID', order, { headers: probe })],
]

test.each(
  recipes.flatMap(([name, recipe]) =>
    forgeries.map(([what, callback]) => ({ name, what, recipe, callback })),
  ),
)('$name refuses a callback $what', async ({ recipe, callback }) => {
  expect(await answerTo(recipe, callback)).toEqual({
    status: 500,
    body: { code: 'FAIL', message: '失败' },
    paid: [],
    logged: [[expect.objectContaining({ code: 'SIGNATURE_MISMATCH' })]],
  })
})
