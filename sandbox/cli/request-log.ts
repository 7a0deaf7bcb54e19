import { setTimeout as pause, setImmediate } from 'node:timers/promises'
import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { diagnosisLogLine } from '../../contracts/diagnosis/diagnosis.ts'
import { type Language, type Sentence, translate } from '../../contracts/texts.ts'
import { callbackTexts } from '../domain/texts.ts'
import type { Exchange } from '../http/app.ts'
import type { Delivery } from '../sandbox.ts'
import type { CommandLine } from './command-line.ts'
import { sentenceOf } from './input.ts'
import { logTexts } from './texts.ts'

/** The words of a line, of which some are missing; of a request that does not fit, the last is why. */
type Words = readonly (Sentence | undefined)[]

const wordsOf = (exchange: Exchange, reason: Sentence | undefined): Words => {
  const { method, target, status, situation, fault, requestId, milliseconds } = exchange

  return [
    method,
    target,
    status || logTexts.closed,
    situation,
    fault && `(${fault})`,
    `${milliseconds.toFixed(1)}ms`,
    requestId,
    ...(reason === undefined ? [] : ['-', reason]),
  ]
}

const deliveryWords = (delivery: Delivery, language: Language): Words => {
  const { event_type, url, status, withheld, fault, milliseconds, notification } = delivery
  const why = withheld ?? delivery.violation ?? delivery.error

  return [
    logTexts.callback,
    event_type,
    url,
    withheld === undefined ? (status ?? logTexts.unanswered) : logTexts.withheld,
    fault && `(${fault})`,
    milliseconds === undefined ? undefined : `${milliseconds}ms`,
    notification,
    ...(why === undefined ? [] : ['-', translate(why, Object.values(callbackTexts), language)]),
  ]
}

type Requests = {
  explainRefusal(entry: number, language: Language): Promise<string | undefined>
  explain(entry: number, language: Language): Promise<Diagnosis | undefined>
  mask(text: string): string
}

/** So many lines may wait for their reason; of more at once, the journal tells. */
const mostWaiting = 20

/** Milliseconds for which lines are gathered: a write for each would cost as much as a signature check. */
const gathering = 10

/** One line on standard error for each request and each callback, in their order, after the answer. */
export const createRequestLog = (
  { explain, explainRefusal, mask }: Requests,
  { io, language, say }: Pick<CommandLine, 'io' | 'language' | 'say'>,
) => {
  let gathered = ''
  let made = Promise.resolve()
  let waiting = 0

  const flush = () => {
    if (gathered !== '') io.stderr.write(mask(gathered))
    gathered = ''
  }

  const add = (line: string) => {
    if (gathered === '') setTimeout(flush, gathering)
    gathered += `${line}\n`
  }

  const lineOf = (time: string, words: Words) =>
    [time, ...words.flatMap((word) => (word === undefined ? [] : say(word)))]
      .filter(Boolean)
      .join(' ')

  const write = (words: Words | (() => Promise<Words>)) => {
    const time = clockTime()
    if (waiting === 0 && typeof words !== 'function') {
      add(lineOf(time, words))
      return
    }
    waiting += 1
    made = made
      .then(async () => add(lineOf(time, typeof words === 'function' ? await words() : words)))
      .catch((error: unknown) => add(say(sentenceOf(error))))
      .then(() => {
        waiting -= 1
      })
  }

  /** It lets the answer go first, and afterwards leaves as much time to others as it took. */
  const diagnose = async (entry: number) => {
    await setImmediate()
    const begin = performance.now()
    const diagnosis = await explain(entry, language)
    await pause(performance.now() - begin, undefined, { ref: false })
    return diagnosis && diagnosisLogLine(diagnosis)
  }

  const reasonOf = async (entry: number, status: number) => {
    if (waiting >= mostWaiting) return undefined
    return status === 401 ? diagnose(entry) : explainRefusal(entry, language)
  }

  return {
    tell: (exchange: Exchange): void => {
      const { entry, status, situation } = exchange
      const isRefused = status >= 400 || situation !== undefined
      write(
        entry !== undefined && isRefused
          ? async () => wordsOf(exchange, await reasonOf(entry, status))
          : wordsOf(exchange, undefined),
      )
    },
    tellDelivery: (delivery: Delivery): void => write(deliveryWords(delivery, language)),
    /** Writes what was gathered, before the program ends. */
    flush,
  }
}

let second = 0
let shown = ''

/** The time of day; the same for all lines of a second. */
const clockTime = (): string => {
  const now = Math.floor(Date.now() / 1000)
  if (now !== second) [shown = ''] = new Date().toTimeString().split(' ')
  second = now
  return shown
}
