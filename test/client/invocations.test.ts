import { expect, test } from 'vitest'
import { invocationsOf } from '../../client/invocations.ts'
import { readCaller } from '../../client/signed-fetch.ts'
import vectors from '../golden/vectors.json' with { type: 'json' }

/** The merchant of the documents; its key is published, with what it signs for the cashier. */
const published = vectors.find(({ id }) => id === 'vec.sign.doc.post-json')
const invocations = invocationsOf(
  readCaller({
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    privateKey: published?.private_key ?? '',
    now: () => 1_554_208_460_999,
    nonce: () => '593BEC0C930BF1AFEB40B4A08C8FB242',
  }),
)
const appid = 'wx2421b1c4370ec43b'
const prepay_id = 'wx201410272009395522657a690389285100'

test('a page gets the parameters that the vendor prints', async () => {
  const { paySign, ...parameters } = await invocations.jsapi({ appid, prepay_id })

  expect(parameters).toEqual({
    appId: appid,
    timeStamp: '1554208460',
    nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
    package: `prepay_id=${prepay_id}`,
    signType: 'RSA',
  })
  expect(paySign).toMatch(/^mI35pfNEQV67.+HFaxw==$/)
})

test('a mini program gets the same without appId', async () => {
  const { appId: _, ...parameters } = await invocations.jsapi({ appid, prepay_id })

  expect(await invocations.miniProgram({ appid, prepay_id })).toEqual(parameters)
})

test('an app gets the parameters that the vendor prints', async () => {
  const { sign, ...parameters } = await invocations.app({ appid, prepay_id })

  expect(parameters).toEqual({
    appid,
    partnerid: '1900007291',
    prepayid: prepay_id,
    package: 'Sign=WXPay',
    noncestr: '593BEC0C930BF1AFEB40B4A08C8FB242',
    timestamp: '1554208460',
  })
  expect(sign).toMatch(/^gXx9KhTP6Ioo.+K\+lS3Q==$/)
})
