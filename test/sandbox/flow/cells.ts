import { expect } from 'vitest'
import { z } from 'zod'
import { day } from '../../../contracts/time.ts'
import type { SandboxOptions } from '../../../sandbox/sandbox.ts'
import { openShop, type Shop, type Step } from '../../support/shop.ts'

const Refusal = z.object({ code: z.string(), message: z.string() })

/** What the control API answers, in one line as well. */
export const control = async (
  { fetch }: Shop,
  path: string,
  body: object = {},
): Promise<string> => {
  const request = { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(new Request(`http://127.0.0.1/_sandbox/${path}`, request))
  if (response.ok) return String(response.status)

  const { code, message } = Refusal.parse(await response.json())
  return `${response.status} ${code} ${message}`
}

export type Act = (shop: Shop) => Promise<string>

export const advance =
  (days: number): Act =>
  (shop) =>
    control(shop, 'clock', { advance_seconds: (days * day) / 1000 })

export type Beginning = { options?: SandboxOptions; prepare: Step }

type Cell = { beginning: Beginning; act: Act; state: (shop: Shop) => Promise<string> }

/** What an act comes to: the refusal, which changes nothing, or the new state. */
export const playCell = async ({ beginning, act, state }: Cell): Promise<string> => {
  const shop = await openShop(beginning.options)
  await beginning.prepare(shop)
  const before = await state(shop)
  const outcome = await act(shop)
  const after = await state(shop)
  if (outcome.startsWith('20')) return after

  expect(after).toBe(before)
  return outcome
}

/** Every cell of a table of states by moves. */
export const cellsOf = <From extends string, Move extends string>(
  table: Readonly<Record<From, Readonly<Record<Move, string>>>>,
) => {
  const cells: [from: From, move: Move, expected: string][] = []
  for (const from in table) {
    const row: Readonly<Record<Move, string>> = table[from]
    for (const move in row) cells.push([from, move, row[move]])
  }

  return cells
}
