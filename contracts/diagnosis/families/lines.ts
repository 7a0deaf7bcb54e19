/**
 * What can be got wrong in the short lines of the text that is signed, and in its layout.
 * @module
 */
import { permutations } from '../combinations.ts'
import { answerLines } from '../message-parts.ts'
import type { MistakeFamily } from '../mutation.ts'

const otherMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']

export const method: MistakeFamily = {
  name: 'method',
  *mutations({ expected: { method: sent } }) {
    const lower = sent.toLowerCase()
    const capitalised = sent.charAt(0) + lower.slice(1)

    yield { code: 'methodCase', change: { method: lower }, likelihood: 'usual' }
    yield { code: 'methodCase', change: { method: capitalised } }
    for (const other of otherMethods) {
      yield { code: 'methodOther', change: { method: other } }
      yield { code: 'methodOther', change: { method: other.toLowerCase() }, likelihood: 'rare' }
    }
  },
}

// Of many nonces, only the first are looked for beside any other mistake.
const nearest = 10

export const nonce: MistakeFamily = {
  name: 'nonce',
  *mutations({ expected: { nonce: sent }, nonces }) {
    const dashless = sent.replaceAll('-', '')

    yield { code: 'nonceCase', change: { nonce: sent.toLowerCase() } }
    yield { code: 'nonceCase', change: { nonce: sent.toUpperCase() } }
    yield { code: 'nonceDashes', change: { nonce: dashless } }
    yield { code: 'nonceDashes', change: { nonce: asUuid(dashless) } }
    yield { code: 'nonceEmpty', change: { nonce: '' } }
    for (const [index, other] of nonces.entries()) {
      const likelihood = index < nearest ? 'common' : 'rare'
      yield { code: 'nonceOther', change: { nonce: other }, likelihood }
    }
  },
}

const asUuid = (text: string) => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const secondsOff = 300

/** Comes last: its mutations are many, and all the same mistake. */
export const timestamp: MistakeFamily = {
  name: 'timestamp',
  *mutations({ expected: { timestamp: sent } }) {
    if (/^\d{13}$/.test(sent)) {
      yield { change: { timestamp: sent.slice(0, -3) }, likelihood: 'usual' }
    }
    if (!/^\d{1,12}$/.test(sent)) return

    for (let second = 1; second <= secondsOff; second++) {
      const likelihood = second < 3 ? 'common' : 'alone'
      for (const other of [Number(sent) - second, Number(sent) + second]) {
        yield { code: 'timestampOther', change: { timestamp: String(other) }, likelihood }
      }
    }
    for (let thousandth = 0; thousandth < 1000; thousandth++) {
      const milliseconds = sent + String(thousandth).padStart(3, '0')
      yield {
        code: 'timestampSignedInMilliseconds',
        change: { timestamp: milliseconds },
        likelihood: thousandth === 0 ? 'usual' : 'rare',
      }
    }
  },
}

/** Which lines there are, in which order. */
export const lines: MistakeFamily = {
  name: 'lines',
  *mutations({ expected: { lines: right } }) {
    for (const missing of right) {
      yield { code: 'fieldMissing', change: { lines: right.filter((line) => line !== missing) } }
    }
    yield { code: 'answerLayout', change: { lines: answerLines } }
    for (const order of permutations(right)) {
      yield { code: 'fieldOrder', change: { lines: order }, likelihood: 'alone' }
    }
  },
}

/** What stands between the lines. */
export const separator: MistakeFamily = {
  name: 'separator',
  *mutations() {
    for (const separator of ['\r\n', '\\n', '', ' ', '\\r\\n', '\r', '&', ',']) {
      yield { code: 'separatorOther', change: { separator } }
    }
  },
}

/** How the last line ends. */
export const closing: MistakeFamily = {
  name: 'closing',
  *mutations({ expected: { body } }) {
    const missing = body.length === 0 ? 'bodyLineMissing' : 'lastLineFeedMissing'
    // Where the body itself ends in one, that one is missing.
    const isOfBody = typeof body === 'string' && body.endsWith('\n')
    if (!isOfBody) yield { code: missing, change: { closings: 0 }, likelihood: 'usual' }
    yield { code: 'lineFeedTooMany', change: { closings: 2 }, likelihood: 'usual' }
  },
}

const indents = ['  ', '    ', '      ', '        ', '\t', '\t\t']

/** What a text in the source of a program has around its lines. */
export const indentation: MistakeFamily = {
  name: 'indentation',
  *mutations() {
    yield { code: 'lineFeedLeading', change: { opening: '\n' } }
    for (const indent of indents) {
      const separator = `\n${indent}`
      for (const opening of ['', separator]) {
        for (const ending of ['\n', separator, `\n${indent.slice(indent.length / 2)}`, '']) {
          yield {
            code: 'linesIndented',
            change: { opening, separator, ending },
            likelihood: 'rare',
          }
        }
      }
    }
  },
}
