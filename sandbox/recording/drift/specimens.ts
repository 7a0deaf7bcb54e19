import { bodyOf, isAnswered } from '../../../contracts/replay/recorded-call.ts'
import { interactions } from '../../../contracts/suite/interactions.ts'
import { run } from '../../../contracts/suite/run.ts'
import type { Sentence } from '../../../contracts/texts.ts'
import type { Recordings } from '../../verifying/recordings.ts'
import { type Place, targetAt } from '../../verifying/target-at.ts'
import { withOwnSandbox, withRunningSandbox } from '../../verifying/verified-sandbox.ts'
import { driftTexts } from '../texts.ts'
import type { Specimen } from './compare.ts'

/** What recorded operations say. */
export const recordedSpecimens = (files: Recordings): Specimen[] =>
  [...files].flatMap(([name, { log }]) =>
    log.entries.filter(isAnswered).flatMap((entry) => {
      const { _endpoint: endpoint, response } = entry
      if (endpoint === undefined) return []
      const provenance = entry._provenance ?? log._provenance
      const source = `${provenance}: ${name}, ${entry._id ?? entry._document ?? entry._source ?? entry.startedDateTime}`

      return [{ endpoint, status: response.status, body: bodyOf(response.content), source }]
    }),
  )

/**
 * What a sandbox answers to the suite: a running one, or one of this program's own.
 * @throws {SentenceError} when it cannot be asked
 */
export const answeredSpecimens = (place?: Place): Promise<Specimen[]> =>
  place
    ? withRunningSandbox(place, (at) => walk(at, place.url))
    : withOwnSandbox({}, (at) => walk(at, driftTexts.ownSandbox))

/** Every success, and each refusal of the catalogue once. */
const walked = interactions.filter(
  ({ situation }, index) =>
    situation === undefined ||
    interactions.findIndex((each) => each.situation === situation) === index,
)

const walk = async (place: Place, source: Sentence): Promise<Specimen[]> => {
  const specimens: Specimen[] = []
  const target = await targetAt(place, {
    onAnswer: ({ endpoint }, { status, body }) => {
      specimens.push({ endpoint, status, body, source })
    },
  })
  await run(walked, target)

  return specimens
}
