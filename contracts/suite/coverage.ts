/**
 * How much of the contract a list of interactions exercises.
 * @module
 */
import type { Endpoint } from '../endpoint.ts'
import { endpointIds, endpoints } from '../endpoints.ts'
import { errors, type Situation } from '../errors.ts'
import { isObject } from '../json.ts'
import { edges } from '../states.ts'
import { fill, type Language, render, type Sentence } from '../texts.ts'
import { valueAt } from './assertions.ts'
import { fieldsOf } from './body-fields.ts'
import type { Interaction } from './interaction.ts'
import { modeOf } from './run.ts'
import { sampleOf } from './sample.ts'
import { coverageTexts } from './texts.ts'

type Share = { exercised: readonly string[]; missing: readonly string[]; total: number }

export type Coverage = {
  /** Operations that succeed at least once. */
  operations: Share
  situations: Share
  /** Moves from state to state. */
  edges: Share
  /** Members of path, query and body that are sent in a request which succeeds. */
  fields: Share
}

/** Refusals that no request brings about, and why. */
const beyondRequests = {
  parameterRepeated: 'the calls of the suite write each parameter once',
  acquiringMerchantUnknown: 'whoever signs is known',
  subMchidMissing: 'a merchant of a sandbox may act in both roles',
  openidMismatch: 'the user of the example has one id in both apps',
  subOpenidMismatch: 'the user of the example has one id in both apps',
  outTradeNoRepeated: 'a switch',
  closeNotAllowed: 'payment codes are not served',
  systemError: 'a fault of the platform itself',
  ...Object.fromEntries(
    [
      'frequencyLimited',
      'merchantDisabled',
      'productNotOpened',
      'productUnauthorised',
      'collectionRestricted',
      'userRiskRefused',
      'userOverdue',
      'userIsMinor',
      'refundRateLimited',
      'userAccountAbnormal',
    ].map((situation) => [situation, 'the fault ERROR']),
  ),
  merchantUnknown: 'whoever signs is known; only the control API names merchants',
  refundStateIllegal: 'only the platform ends refunds',
  notificationUnknown: 'merchants receive notices and cannot name them',
  notificationStateIllegal: 'merchants receive notices and cannot name them',
} as const satisfies Partial<Record<Situation, string>>

export const coverageOf = (interactions: readonly Interaction[]): Coverage => {
  const successes = interactions.filter(({ situation }) => situation === undefined)

  return {
    operations: shareOf(
      endpointIds,
      successes.map(({ endpoint }) => endpoint),
    ),
    situations: shareOf(
      Object.keys(errors).filter((situation) => !Object.hasOwn(beyondRequests, situation)),
      interactions.flatMap(({ situation }) => situation ?? []),
    ),
    edges: shareOf(
      edges,
      interactions.flatMap((interaction) => interaction.edges ?? []),
    ),
    fields: shareOf(allFields(), successes.flatMap(sentFields)),
  }
}

const shareOf = (all: readonly string[], seen: readonly string[]): Share => {
  const known = new Set(seen)

  return {
    exercised: all.filter((each) => known.has(each)),
    missing: all.filter((each) => !known.has(each)),
    total: all.length,
  }
}

const parts = ['path', 'query', 'body'] as const

/** A row of a list goes by its list. */
const allFields = (): string[] =>
  endpointIds.flatMap((endpoint) => {
    const { request }: Endpoint = endpoints[endpoint]
    return parts.flatMap((part) => {
      const schema = request[part]
      const paths = schema ? fieldsOf(schema).map(({ path }) => path) : []
      return paths
        .filter((path) => path.at(-1) !== '0')
        .map((path) => nameOf(endpoint, [part, ...path]))
    })
  })

const nameOf = (endpoint: string, path: readonly string[]) => `${endpoint} ${path.join('/')}`

const sentFields = (interaction: Interaction): string[] => {
  const request = interaction.when(sampleOf(modeOf(interaction))).at(-1)
  if (!request || request.elsewhere) return []

  return parts.flatMap((part) =>
    pathsOf(valueAt(request, part), [part]).map((path) => nameOf(request.endpoint, path)),
  )
}

const pathsOf = (value: unknown, above: readonly string[]): (readonly string[])[] =>
  isObject(value)
    ? Object.entries(value)
        .filter(([, held]) => held !== undefined)
        .flatMap(([name, held]) => [[...above, name], ...pathsOf(held, [...above, name])])
    : []

const shares = ['operations', 'situations', 'edges', 'fields'] as const

/** The coverage in a few lines. */
export const coverageText = (coverage: Coverage, language: Language = 'en'): string =>
  shares
    .flatMap((name) => {
      const { exercised, missing, total } = coverage[name]
      const share = { what: coverageTexts[name], exercised: exercised.length, total }
      return [
        fill(coverageTexts.share, share),
        ...missing.map((each) => fill(coverageTexts.missing, { name: each })),
      ]
    })
    .map((line) => render(line, language))
    .join('\n')

/** What the suite exercises less of than is asked for. */
export const lackingIn = (coverage: Coverage, minPercent: number): Sentence[] =>
  shares.flatMap((name) => {
    const { exercised, total } = coverage[name]
    const share = { what: coverageTexts[name], exercised: exercised.length, total }
    return (exercised.length / total) * 100 < minPercent ? [fill(coverageTexts.lacking, share)] : []
  })
