import type { Dimension } from './dimension.ts'
import { body } from './dimensions/body.ts'
import { encoding } from './dimensions/encoding.ts'
import { closing, fields, separator } from './dimensions/layout.ts'
import { method } from './dimensions/method.ts'
import { nonce } from './dimensions/nonce.ts'
import { origin } from './dimensions/origin.ts'
import { path } from './dimensions/path.ts'
import { query } from './dimensions/query.ts'
import { timestamp } from './dimensions/timestamp.ts'
import type { MistakeCode } from './mistakes.ts'

/** What can be got wrong in a request, in the order in which it is looked for. */
export const requestDimensions: readonly Dimension[] = [
  closing,
  method,
  origin,
  path,
  query,
  separator,
  nonce,
  body,
  encoding,
  fields,
  timestamp,
]

/** Of an answer the signed side is right: what differs happened to it before it was verified. */
const answerCodes: Partial<Record<MistakeCode, MistakeCode>> = {
  bodyReserialised: 'answerBodyReserialised',
  bodyWhitespace: 'answerBodyTrimmed',
  bodyLineEnds: 'answerBodyTrimmed',
  bodyBom: 'answerBodyDecoded',
}

const afterwards = ({ name, variations }: Dimension, otherwise: MistakeCode): Dimension => ({
  name,
  *variations(scene) {
    for (const { code, ...variation } of variations(scene)) {
      yield { ...variation, code: (code && answerCodes[code]) ?? otherwise }
    }
  },
})

/** What can happen to an answer before it is verified. */
export const answerDimensions: readonly Dimension[] = [
  afterwards(body, 'answerBodyReplaced'),
  afterwards(encoding, 'answerBodyDecoded'),
]
