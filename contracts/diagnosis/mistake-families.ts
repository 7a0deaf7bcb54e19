import { body, encoding } from './families/body.ts'
import {
  closing,
  indentation,
  lines,
  method,
  nonce,
  separator,
  timestamp,
} from './families/lines.ts'
import { origin, path, query } from './families/target.ts'
import type { MistakeCode } from './mistakes.ts'
import type { MistakeFamily } from './mutation.ts'

/** What can be got wrong in a request, in the order in which it is looked for. */
export const requestFamilies: readonly MistakeFamily[] = [
  closing,
  method,
  origin,
  path,
  query,
  separator,
  nonce,
  body,
  encoding,
  indentation,
  lines,
  timestamp,
]

/** Of an answer the signed side is right: what differs happened to it before it was verified. */
const answerCodes: Partial<Record<MistakeCode, MistakeCode>> = {
  bodyReserialised: 'answerBodyReserialised',
  bodyWhitespace: 'answerBodyTrimmed',
  bodyLineEnds: 'answerBodyTrimmed',
  bodyBom: 'answerBodyDecoded',
  bodyMemberUnsigned: 'answerBodyReserialised',
  bodyMemberUnsent: 'answerBodyReserialised',
  bodyCompressed: 'answerBodyCompressed',
}

const afterwards = ({ name, mutations }: MistakeFamily, otherwise: MistakeCode): MistakeFamily => ({
  name,
  *mutations(context) {
    for (const { code, ...mutation } of mutations(context)) {
      yield { ...mutation, code: (code && answerCodes[code]) ?? otherwise }
    }
  },
})

/** What can happen to an answer before it is verified. */
export const answerFamilies: readonly MistakeFamily[] = [
  afterwards(body, 'answerBodyReplaced'),
  afterwards(encoding, 'answerBodyDecoded'),
]
