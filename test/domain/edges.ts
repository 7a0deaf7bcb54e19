type Edge<State, Move> = { state: State; move: Move; to: State | undefined }

/** Every state of a move table beside every move, with a title, and where it leads, if anywhere. */
export const edgesOf = <State extends string, Move extends string>(
  table: Readonly<Record<State, Partial<Record<Move, State>>>>,
  moves: Readonly<Record<Move, unknown>>,
) => {
  const edges: [title: string, edge: Edge<State, Move>][] = []
  for (const state in table) {
    for (const move in moves) {
      const to = table[state][move]
      edges.push([`${state}: ${move} leads to ${to ?? 'nothing new'}`, { state, move, to }])
    }
  }

  return edges
}

/** The moves that a table has in any of its states. */
export type MovesOf<Table> = { [State in keyof Table]: keyof Table[State] }[keyof Table]
