import { setImmediate, setTimeout } from 'node:timers/promises'
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

/** One line on standard error for each request and each callback, in their order, after the answer. */
export const createRequestLog = (
  { explain, explainRefusal, mask }: Requests,
  { io, language, say }: Pick<CommandLine, 'io' | 'language' | 'say'>,
) => {
  let written = Promise.resolve()
  let waiting = 0

  /** It lets the answer go first, and afterwards leaves as much time to others as it took. */
  const diagnose = async (entry: number) => {
    await setImmediate()
    const begin = performance.now()
    const diagnosis = await explain(entry, language)
    await setTimeout(performance.now() - begin, undefined, { ref: false })
    return diagnosis && diagnosisLogLine(diagnosis)
  }

  const reasonOf = async ({ entry, status }: Exchange) => {
    if (entry === undefined || waiting >= mostWaiting) return undefined
    return status === 401 ? diagnose(entry) : explainRefusal(entry, language)
  }

  const write = (words: () => Words | Promise<Words>) => {
    const [time = ''] = new Date().toTimeString().split(' ')
    waiting += 1
    written = written
      .then(words)
      .then((known) => {
        const said = known.flatMap((word) => (word === undefined ? [] : say(word))).filter(Boolean)
        io.stderr.write(mask(`${[time, ...said].join(' ')}\n`))
      })
      .catch((error: unknown) => io.stderr.write(`${say(sentenceOf(error))}\n`))
      .then(() => {
        waiting -= 1
      })
  }

  return {
    tell: (exchange: Exchange): void => {
      write(async () => wordsOf(exchange, await reasonOf(exchange)))
    },
    tellDelivery: (delivery: Delivery): void => write(() => deliveryWords(delivery, language)),
  }
}
