import { createSign, randomBytes } from 'node:crypto'

export const authorizationOf = (credentials, { method, target, body }) => {
  const timestamp = Math.floor(Date.now() / 1000)
  const nonce = randomBytes(16).toString('hex')
  const message = `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`
  const signature = createSign('RSA-SHA256').update(message).sign(credentials.merchantKey, 'base64')
  return `WECHATPAY2-SHA256-RSA2048 mchid="${credentials.mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${credentials.merchantSerial}",signature="${signature}"`
}

export const signedRequestOf = (credentials, { method, target, json }) => {
  const body = json === undefined ? '' : JSON.stringify(json)
  const headers = {
    accept: 'application/json',
    'user-agent': 'bench',
    authorization: authorizationOf(credentials, { method, target, body }),
  }
  return new Request(`http://127.0.0.1${target}`, { method, headers, ...(body && { body }) })
}

/** Sends a signed request in-process and reads its answer. */
export const callerOf =
  ({ fetch, credentials }) =>
  async (method, target, json) => {
    const response = await fetch(signedRequestOf(credentials, { method, target, json }))
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }

const requestsPerRound = 150

const rate = async (run) => {
  const begin = performance.now()
  for (let index = 0; index < requestsPerRound; index += 1) await run()
  return requestsPerRound / ((performance.now() - begin) / 1000)
}

/** The best rate of each, a second; they take turns, so that a noisy machine is fair to all. */
export const bestRates = async (runs, rounds = 9) => {
  const best = runs.map(() => 0)
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, run] of runs.entries()) {
      best[index] = Math.max(best[index], await rate(run))
    }
  }
  return best
}
