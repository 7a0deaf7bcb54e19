import type { Endpoint } from '../../../contracts/endpoint.ts'
import { type EndpointId, endpointIds, endpoints } from '../../../contracts/endpoints.ts'
import { fill, list, type Sentence } from '../../../contracts/texts.ts'
import { type differenceTexts, driftTexts, kindTexts } from '../texts.ts'
import { addTo, type Kind, type Shape } from './shape.ts'

/** An answer and who says that it is so. */
export type Specimen = { endpoint: EndpointId; status: number; body: unknown; source: Sentence }

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
    const of = (specimen: Specimen) => specimen.endpoint === endpoint
    const mine = answered.filter(of).filter(isSuccess)
    const theirs = recorded.filter(of).filter(isSuccess)

    return [
      ...unlike({ endpoint, mine, theirs }),
      ...unsaid(answered, recorded.filter(of)),
      ...mine.flatMap((specimen) => misfits(specimen, 'answered against the contract')),
      ...theirs.flatMap((specimen) => misfits(specimen, 'recorded against the contract')),
    ]
  })

const isSuccess = ({ status }: Specimen) => status < 300

/** The refusals that are recorded and that no answer says letter for letter. */
const unsaid = (answered: readonly Specimen[], recorded: readonly Specimen[]): Drift[] => {
  const said = new Set(answered.map(refusalIn))

  return recorded.flatMap((specimen): Drift[] => {
    const { endpoint, source } = specimen
    const detail = refusalIn(specimen)
    if (detail === undefined || said.has(detail)) return []
    return [{ endpoint, pointer: '/message', what: 'only recorded', detail, source }]
  })
}

/** Status, code and text of a refusal, where its body has them. */
const refusalIn = ({ status, body }: Specimen): string | undefined => {
  const { code, message } = Object(body)
  return status >= 400 && typeof message === 'string' ? `${status} ${code} ${message}` : undefined
}

type Sides = { endpoint: EndpointId; mine: readonly Specimen[]; theirs: readonly Specimen[] }

const shapeOf = (specimens: readonly Specimen[]): Shape =>
  specimens.reduce<Shape>((shape, { body }) => addTo(shape, body), new Map())

const unlike = ({ endpoint, mine, theirs }: Sides): Drift[] => {
  if (mine.length === 0 || theirs.length === 0) return []
  const answered = shapeOf(mine)
  const recorded = shapeOf(theirs)
  const places = [...new Set([...recorded.keys(), ...answered.keys()])]
  const shapes = theirs.map(({ body, source }) => ({ shape: addTo(new Map(), body), source }))
  const sourceOf = (pointer: string) =>
    shapes.find(({ shape }) => shape.has(pointer))?.source ?? theirs[0]?.source ?? ''

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

    const neverEmpty = empties.filter(
      (kind) => kinds.recorded?.has(kind) && !kinds.answered?.has(kind),
    )
    if (neverEmpty.length > 0) {
      const detail = kindsOf(new Set(neverEmpty))
      return [{ ...difference, what: 'only recorded', detail }]
    }
    // An empty text may stand where any kind of text does.
    const filled = [...kinds.answered].filter((kind) => !isEmpty(kind))
    const empty = filled.length === 0 || [...kinds.recorded].every(isEmpty)
    if (empty || filled.some((kind) => kinds.recorded?.has(kind))) return []
    const detail = fill(driftTexts.kinds, {
      answered: kindsOf(kinds.answered),
      recorded: kindsOf(kinds.recorded),
    })
    return [{ ...difference, what: 'of another kind', detail }]
  })
}

const empties = ['emptyText', 'emptyList'] as const satisfies readonly Kind[]

const isEmpty = (kind: Kind): boolean => empties.some((each) => each === kind)

const kindsOf = (kinds: ReadonlySet<Kind>): Sentence =>
  list(
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
