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

const says = ({ amount, description }: Item) => amount !== undefined || description !== undefined

/** A payment says what it costs or how it is charged; names repeat only where the page lets them. */
export const checkItems = (
  { post_payments, post_discounts }: Items,
  { namesRepeat = false }: { namesRepeat?: boolean } = {},
): Situation | undefined => {
  const named = namesRepeat || (namesDiffer(post_payments) && namesDiffer(post_discounts))

  return named && (post_payments ?? []).every(says) ? undefined : 'itemsInvalid'
}
