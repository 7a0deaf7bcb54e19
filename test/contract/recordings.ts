import { bundledFiles } from '../../contracts/replay/bundled.ts'
import type { Recording } from '../../contracts/replay/har.ts'

const entriesOf = (name: string): readonly Recording[] =>
  bundledFiles().get(name)?.log.entries ?? []

/** Answers that people showed. */
export const observed = entriesOf('observed.har')
export const callbacks = entriesOf('notifications.har')

/** One exchange of nearly every operation, put together from the examples of its document. */
export const documented = [...bundledFiles().entries()]
  .filter(([, { log }]) => log._provenance === 'documented' && log._source === 'openapi')
  .flatMap(([, { log }]) => log.entries)

/** Answers and callbacks of basic payments that people showed. */
export const payments = entriesOf('payments.har')
