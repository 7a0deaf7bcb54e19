import { certificates } from './certificates.ts'
import type { Interaction } from './interaction.ts'
import { serviceOrders } from './service-orders.ts'

/** The whole suite. */
export const interactions: readonly Interaction[] = [...serviceOrders, ...certificates]
