import type { Situation } from '../errors.ts'
import type { Evidence } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { refuses, succeeds } from './assertions.ts'
import {
  type Assertion,
  type CallRequest,
  type Course,
  type CourseState,
  type Interaction,
  interaction,
  type Mode,
} from './interaction.ts'
import { endpointOf, goodRequest, type Operation, type Parts } from './requests.ts'

type Row = {
  given: CourseState
  /** Requests that complete the state. */
  after?(course: Course): readonly CallRequest[]
  /** In what it differs from a good request. */
  but?(course: Course): Parts
}

type Success = Row & {
  /** What the operation does, such as `creates a plan`. */
  does: string
  evidence: Evidence
  holds?: readonly Assertion<CourseState>[]
  look?(course: Course): CallRequest
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
    (course: Course): [CallRequest, ...CallRequest[]] => {
      const last = { ...goodRequest(operation, course), ...but(course) }
      const [first, ...others] = after(course)
      return first ? [first, ...others, last] : [last]
    }

  return {
    operation,
    mode,
    endpoint,
    succeeds: ({ does, evidence, holds = [], look, edges, ...row }: Success): Interaction =>
      interaction({
        name: `${endpoint} ${does}`,
        endpoint,
        mode,
        given: row.given,
        when: whenOf(row),
        ...(look && { look }),
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
