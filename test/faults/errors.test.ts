import { expect, test } from 'vitest'
import { type ErrorEntry, errors, situationNamed } from '../../contracts/errors.ts'
import { directTransaction } from '../support/requests.ts'
import { openSandbox } from '../support/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'

const catalogue: [string, ErrorEntry][] = Object.entries(errors)
const target = '/v3/pay/transactions/jsapi'

/** A sandbox, and a caller who shows what came back. */
const start = async () => {
  const sandbox = await openSandbox()
  const order = async (headers: Record<string, string> = {}, changes: object = {}) => {
    const body = JSON.stringify({ ...directTransaction, ...changes })
    const authorization = authorizationFor(sandbox.credentials, { method: 'POST', target, body })
    const init = {
      Authorization: authorization,
      Accept: 'application/json',
      'User-Agent': 'test',
      'Content-Type': 'application/json',
    }
    const answer = await sandbox.fetch(
      new Request(`http://127.0.0.1${target}`, {
        method: 'POST',
        body,
        headers: { ...init, ...headers },
      }),
    )
    const { code, message } = JSON.parse(await answer.text())
    const number = Number(answer.headers.get('Request-ID')?.split('-')[1])
    return { status: answer.status, code, message, number, headers: answer.headers }
  }

  return { ...sandbox, order }
}

test('every refusal of the catalogue is answered when it is named, and nothing has changed', async () => {
  const { control, order } = await start()

  for (const [error, { status, code, message, withoutRequestId, ...entry }] of catalogue) {
    await control.faults.order({ fault: 'ERROR', error })
    const number = withoutRequestId ? Number.NaN : entry.number
    expect(await order()).toMatchObject({ status, code, message, number })
  }
  const { status } = await order()
  expect(status).toBe(200)
})

/** The vendor's twenty commonest of basic payments, one that was seen, and those of PayScore. */
const numbers = [
  268435461, 268435464, 268443699, 268443701, 268443704, 268443705, 268443715, 268445527, 268447840,
  268447843, 268447845, 268447914, 268448010, 268449538, 268449641, 268498688, 268498689, 268501013,
  268512771, 270924358, 268892709, 271317510, 271316574, 271302262, 271316657, 271316598, 271302144,
  271302149, 268435472, 271300099, 271302333, 271299627, 271302332, 268503786, 271316592, 270924332,
  271316754, 271316656, 271316637, 268560785,
]

test.each(numbers)('the number %s ends the Request-ID when it is asked for', async (number) => {
  const { control, order } = await start()
  const { status, code, message } = errors[situationNamed(String(number)) ?? 'systemError']
  const refused = { status, code, message, number }

  await control.faults.order({ fault: 'ERROR', error: number })
  expect(await order()).toMatchObject(refused)
  expect(await order({ 'Wechatpay-Negative-Test': `ERROR; error=${number}` })).toMatchObject(
    refused,
  )
  const magic = { out_trade_no: `NT-ERROR-${number}-1` }
  expect(await order({}, magic)).toMatchObject(refused)
  expect((await order({}, magic)).status).toBe(200)
})

test('a refusal of a caller who is not known is not signed, any other is', async () => {
  const { order } = await start()
  const isSigned = async (error: string) =>
    (await order({ 'Wechatpay-Negative-Test': `ERROR; error=${error}` })).headers.has(
      'Wechatpay-Signature',
    )

  expect(await isSigned('serialUnknown')).toBe(false)
  expect(await isSigned('userAgentMissing')).toBe(false)
  expect(await isSigned('systemError')).toBe(false)
  expect(await isSigned('collectionRestricted')).toBe(true)
})

test('ERROR must say which, and only ERROR may', async () => {
  const { control, order } = await start()

  await expect(control.faults.order({ fault: 'ERROR' })).rejects.toThrow(/error/)
  await expect(control.faults.order({ fault: 'ERROR', error: 1 })).rejects.toThrow(/error/)
  await expect(control.faults.order({ fault: 'CLOSED', error: 'planUnknown' })).rejects.toThrow(
    'CLOSED takes no `error`',
  )
  const { status, message } = await order({ 'Wechatpay-Negative-Test': 'ERROR' })
  expect([status, message]).toEqual([400, expect.stringContaining('Known faults')])
})
