import type { Situation } from '../../contracts/errors.ts'

type Item = {
  name?: string | undefined
  amount?: number | undefined
  description?: string | undefined
}

/** What an order charges and what it takes off; amounts in fen. */
export type Items = {
  post_payments?: readonly Item[] | undefined
  post_discounts?: readonly Item[] | undefined
}

const total = (items: readonly Item[] = []) =>
  items.reduce((sum, { amount = 0 }) => sum + amount, 0)

/** Payments less discounts; `count` does not multiply. */
export const totalOf = ({ post_payments, post_discounts }: Items): number =>
  total(post_payments) - total(post_discounts)

const namesDiffer = (items: readonly Item[] = []) =>
  new Set(items.map(({ name }) => name)).size === items.length

/** Names do not repeat, and a payment says what it costs or how it is charged. */
export const checkItems = ({ post_payments, post_discounts }: Items): Situation | undefined => {
  const says = ({ amount, description }: Item) => amount !== undefined || description !== undefined
  const fine =
    namesDiffer(post_payments) && namesDiffer(post_discounts) && (post_payments ?? []).every(says)

  return fine ? undefined : 'itemsInvalid'
}
