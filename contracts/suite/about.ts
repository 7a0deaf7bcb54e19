import type { Situation } from '../errors.ts'
import type { Evidence } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { refuses, succeeds } from './assertions.ts'
import {
  type Assertion,
  type CallRequest,
  type Fixture,
  type FixtureState,
  type Interaction,
  interaction,
  type Mode,
} from './interaction.ts'
import { endpointOf, goodRequest, type Operation, type RequestParts } from './requests.ts'

type Row = {
  given: FixtureState
  /** Requests that complete the state. */
  after?(fixture: Fixture): readonly CallRequest[]
  /** In what it differs from a good request. */
  but?(fixture: Fixture): RequestParts
}

type Success = Row & {
  /** What the operation does, such as `creates a plan`. */
  does: string
  evidence: Evidence
  holds?: readonly Assertion<FixtureState>[]
  followUp?(fixture: Fixture): CallRequest
  edges?: readonly Edge[]
}

type Refusal = Row & {
  /** What the operation refuses, such as `a plan that does not exist`. */
  what: string
  situation: Situation
}

/** Makes the interactions of one operation in one mode. */
export const about = (operation: Operation, mode: Mode) => {
  const endpoint = endpointOf(operation, mode)
  const whenOf =
    ({ after = () => [], but = () => ({}) }: Row) =>
    (fixture: Fixture): [CallRequest, ...CallRequest[]] => {
      const last = { ...goodRequest(operation, fixture), ...but(fixture) }
      const [first, ...others] = after(fixture)
      return first ? [first, ...others, last] : [last]
    }

  return {
    operation,
    mode,
    endpoint,
    succeeds: ({ does, evidence, holds = [], followUp, edges, ...row }: Success): Interaction =>
      interaction({
        name: `${endpoint} ${does}`,
        endpoint,
        mode,
        given: row.given,
        when: whenOf(row),
        ...(followUp && { followUp }),
        holds: [...succeeds(endpoint, evidence), ...holds],
        ...(edges && { edges }),
      }),
    refuses: ({ what, situation, ...row }: Refusal): Interaction =>
      interaction({
        name: `${endpoint} refuses ${what}`,
        endpoint,
        mode,
        given: row.given,
        when: whenOf(row),
        holds: refuses(situation),
        situation,
        harmless: row.after === undefined,
      }),
  }
}

export type About = ReturnType<typeof about>
