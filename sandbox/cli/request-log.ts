import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { diagnosisLogLine } from '../../contracts/diagnosis/text.ts'
import { pathHint } from '../../contracts/paths.ts'
import type { Language } from '../../contracts/texts.ts'
import type { Exchange } from '../http/app.ts'
import type { Io } from './command-line.ts'

/** Of a request that no operation takes: it is refused by no rule. */
const hintOf = ({ method, target, status, situation, entry }: Exchange): string | undefined =>
  entry !== undefined && situation === undefined && (status === 404 || status === 405)
    ? pathHint(method, target)
    : undefined

/** One line; of a request that does not fit, it ends in what is wrong. */
const lineOf = (exchange: Exchange, diagnosis: Diagnosis | undefined): string => {
  const why = diagnosis ? diagnosisLogLine(diagnosis) : hintOf(exchange)
  const { method, target, status, situation, fault, requestId, milliseconds } = exchange
  const words = [
    method,
    target,
    status || 'closed',
    situation,
    fault && `(${fault})`,
    `${milliseconds.toFixed(1)}ms`,
    requestId,
    why && `- ${why}`,
  ]
  return `${words.filter(Boolean).join(' ')}\n`
}

type Requests = {
  explain(entry: number, language: Language): Promise<Diagnosis | undefined>
  mask(text: string): string
}

/** So many lines may wait for a diagnosis; of more at once, the journal tells. */
const mostWaiting = 20

/** One line on standard error for each request, in their order, after its answer. */
export const createRequestLog = (
  { explain, mask }: Requests,
  { stderr, language = 'en' }: Pick<Io, 'stderr'> & { language?: Language },
) => {
  let written = Promise.resolve()
  let waiting = 0

  /** It lets the answer go first, and afterwards leaves as much time to others as it took. */
  const diagnose = async (entry: number) => {
    await setImmediate()
    const begin = performance.now()
    const diagnosis = await explain(entry, language)
    await setTimeout(performance.now() - begin, undefined, { ref: false })
    return diagnosis
  }

  return {
    tell: (exchange: Exchange): void => {
      const { entry, status } = exchange
      const isExplained = entry !== undefined && status === 401 && waiting < mostWaiting
      waiting += 1
      const write = async () => {
        const diagnosis = isExplained ? await diagnose(entry) : undefined
        stderr.write(mask(lineOf(exchange, diagnosis)))
      }
      const fail = (error: unknown) => stderr.write(`${String(error)}\n`)
      written = written
        .then(write)
        .catch(fail)
        .then(() => {
          waiting -= 1
        })
    },
  }
}
