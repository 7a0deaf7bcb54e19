import type { Endpoint } from '../../../contracts/endpoint.ts'
import { type EndpointId, endpointIds, endpoints } from '../../../contracts/endpoints.ts'
import { fill, list, type Sentence } from '../../../contracts/texts.ts'
import { type differenceTexts, driftTexts, kindTexts } from '../texts.ts'
import { addTo, type Kind, type Shape } from './shape.ts'

/** An answer and who says that it is so. */
export type Specimen = { endpoint: EndpointId; body: unknown; source: Sentence }

export type Drift = {
  endpoint: EndpointId
  /** Where in the answer; `*` stands for every row of a list. */
  pointer: string
  what: keyof typeof differenceTexts
  detail: Sentence
  /** Who says what differs. */
  source: Sentence
}

/** How the answers of a sandbox differ from the recorded ones, and either from the contract. */
export const compare = (answered: readonly Specimen[], recorded: readonly Specimen[]): Drift[] =>
  endpointIds.flatMap((endpoint) => {
    const mine = answered.filter((specimen) => specimen.endpoint === endpoint)
    const theirs = recorded.filter((specimen) => specimen.endpoint === endpoint)

    return [
      ...unlike({ endpoint, mine, theirs }),
      ...mine.flatMap((specimen) => misfits(specimen, 'answered against the contract')),
      ...theirs.flatMap((specimen) => misfits(specimen, 'recorded against the contract')),
    ]
  })

type Sides = { endpoint: EndpointId; mine: readonly Specimen[]; theirs: readonly Specimen[] }

const shapeOf = (specimens: readonly Specimen[]): Shape =>
  specimens.reduce<Shape>((shape, { body }) => addTo(shape, body), new Map())

const unlike = ({ endpoint, mine, theirs }: Sides): Drift[] => {
  if (mine.length === 0 || theirs.length === 0) return []
  const answered = shapeOf(mine)
  const recorded = shapeOf(theirs)
  const places = [...new Set([...recorded.keys(), ...answered.keys()])]
  const sourceOf = (pointer: string) =>
    theirs.find(({ body }) => addTo(new Map(), body).has(pointer))?.source ??
    theirs[0]?.source ??
    ''

  return places.flatMap((pointer): Drift[] => {
    const difference = { endpoint, pointer, source: sourceOf(pointer) }
    const kinds = { answered: answered.get(pointer), recorded: recorded.get(pointer) }
    // What lies in a place that is missing is missing with it.
    const above = pointer.slice(0, pointer.lastIndexOf('/'))
    if (!kinds.answered || !kinds.recorded) {
      const shape = kinds.answered ? recorded : answered
      if (pointer !== '' && !shape.has(above)) return []
      const [what, seen] = kinds.answered
        ? (['only answered', kinds.answered] as const)
        : (['only recorded', kinds.recorded ?? new Set<Kind>()] as const)
      return [{ ...difference, what, detail: kindsOf(seen) }]
    }

    const unset = kinds.answered.size === 0 || kinds.recorded.size === 0
    if (unset || [...kinds.answered].some((kind) => kinds.recorded?.has(kind))) return []
    const detail = fill(driftTexts.kinds, {
      answered: kindsOf(kinds.answered),
      recorded: kindsOf(kinds.recorded),
    })
    return [{ ...difference, what: 'of another kind', detail }]
  })
}

const kindsOf = (kinds: ReadonlySet<Kind>): Sentence =>
  kinds.size === 0
    ? kindTexts.unset
    : list(
        [...kinds].map((kind) => kindTexts[kind]),
        driftTexts.or,
      )

const misfits = ({ endpoint, body, source }: Specimen, what: Drift['what']): Drift[] => {
  const { response }: Endpoint = endpoints[endpoint]
  if (!('body' in response)) {
    return body === undefined
      ? []
      : [{ endpoint, pointer: '', what, detail: driftTexts.body, source }]
  }

  const { data, error } = response.body.safeParse(body)
  const broken = (error?.issues ?? []).map(({ path, code }) => ({
    pointer: path.map((key) => `/${typeof key === 'number' ? '*' : String(key)}`).join(''),
    detail: fill(driftTexts.misfit, { code }),
  }))
  // Parsing drops what the contract does not name.
  const known = addTo(new Map(), data)
  const unnamed = error
    ? []
    : [...addTo(new Map(), body).keys()]
        .filter((pointer) => !known.has(pointer))
        .map((pointer) => ({ pointer, detail: driftTexts.unnamed }))

  return [...broken, ...unnamed].map((misfit) => ({ endpoint, what, source, ...misfit }))
}
