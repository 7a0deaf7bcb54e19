import { endpoints } from '../endpoints.ts'
import { parametersOf } from '../paths.ts'
import type { CallRequest } from '../suite/interaction.ts'
import type { Recording } from './har.ts'

/** The body of a message as JSON; `undefined` where there is none. */
export const bodyOf = (held: { text?: string | undefined } | undefined): unknown =>
  held?.text ? JSON.parse(held.text) : undefined

/** Whether this is an answer of WeChat Pay whose whole body was recorded. */
export const isAnswered = ({ _event, response: { content } }: Recording): boolean =>
  _event === undefined && (content.text !== undefined || content.size === 0)

/** A recorded request in the terms of the suite; `undefined` where it is of no operation. */
export const callOf = ({ _endpoint, request }: Recording): CallRequest | undefined => {
  if (_endpoint === undefined) return undefined
  const { pathname, searchParams } = new URL(request.url)
  return {
    endpoint: _endpoint,
    path: parametersOf(endpoints[_endpoint].path, pathname) ?? {},
    query: Object.fromEntries(searchParams),
    body: bodyOf(request.postData),
  }
}
