import { type Machine, type MoveOf, nextState, type StateOf } from '../../contracts/states.ts'

/** Every state of a machine beside every move, with a title, and where it leads, if anywhere. */
export const edgesOf = <
  Name extends Machine,
  State extends StateOf<Name>,
  Move extends MoveOf<Name>,
>(
  machine: Name,
  given: { records: Readonly<Record<State, unknown>>; acts: Readonly<Record<Move, unknown>> },
) => {
  const edges: [title: string, { state: State; move: Move; to: StateOf<Name> | undefined }][] = []
  for (const state in given.records) {
    for (const move in given.acts) {
      const to = nextState(machine, state, move)
      edges.push([`${state}: ${move} leads to ${to ?? 'nothing new'}`, { state, move, to }])
    }
  }

  return edges
}
