/**
 * The paths and verbs of the client as types: all of it follows from the endpoint table.
 * @module
 */
import type {
  AnswerOf,
  BodyOf,
  EndpointId,
  Endpoints,
  PathOf,
  QueryOf,
} from '../contracts/endpoints.ts'

/**
 * A verified answer. `data` is typed by the contract, not checked against it; it is `undefined` for
 * 204.
 */
export type Answer<Data> = {
  data: Data
  status: number
  headers: Headers
  /** The `Request-ID` header; WeChat Pay's support asks for it. */
  requestId: string | undefined
}

/** The operation that queries what another one changes. */
type QueryFor<Id extends EndpointId> = Endpoints[Id] extends {
  reconcile: { query: infer Query extends EndpointId }
}
  ? Query
  : never

/**
 * How a call ended after all. `found`: it had been carried out; the answer is that of the query, so
 * without what only the call hands out, such as `package`. `sent`: it had not, and now it is.
 */
export type Reconciled<Id extends EndpointId> =
  | ({ taken: 'found' } & Answer<AnswerOf<QueryFor<Id>>>)
  | ({ taken: 'sent' } & Answer<AnswerOf<Id>>)

type Method = Endpoints[EndpointId]['method']
type Template = Endpoints[EndpointId]['path']

/** A path as the string forms take it, `v3/…`, parameters in braces. */
export type RoutePath = Template extends `/${infer Path}` ? Path : never

type IdAt<Path extends string, M extends Method> = {
  [Id in EndpointId]: Endpoints[Id] extends { method: M; path: `/${Path}` } ? Id : never
}[EndpointId]

type Whole<T> = { [Key in keyof T]: T[Key] }

type JsonOption<Id extends EndpointId> = [BodyOf<Id>] extends [undefined]
  ? { json?: never }
  : Endpoints[Id]['request'] extends { bodyMayBeAbsent: true }
    ? { json?: BodyOf<Id> }
    : { json: BodyOf<Id> }

type QueryOption<Id extends EndpointId> = [QueryOf<Id>] extends [undefined]
  ? { query?: never }
  : Partial<QueryOf<Id>> extends QueryOf<Id>
    ? { query?: QueryOf<Id> }
    : { query: QueryOf<Id> }

type PathOptions<Id extends EndpointId> = [PathOf<Id>] extends [undefined] ? unknown : PathOf<Id>

/** What a call takes: `json`, `query`, and each path parameter by its name. */
export type CallOptions<Id extends EndpointId> = Whole<
  JsonOption<Id> & QueryOption<Id> & PathOptions<Id>
>

type Arguments<Options> =
  Partial<Options> extends Options ? [options?: Options] : [options: Options]

type Verb<Id extends EndpointId, Result> = (...args: Arguments<CallOptions<Id>>) => Result

type PostVerbs<Id extends EndpointId> = {
  /**
   * Sends a POST. After no answer, or a 5xx, it is sent again, up to `retry` times, which is twice by
   * default: the same bytes, signed anew. That does nothing twice, for the merchant's own numbers in
   * it make it idempotent. With `retry: 0` it is sent once, and the first failure is thrown.
   * @throws {WechatpayError} whose `outcome` says what is certain, all attempts together.
   */
  readonly post: Verb<Id, Promise<Answer<AnswerOf<Id>>>>
  /** The same as `post`, under the name it has in the PHP SDK. */
  readonly postAsync: Verb<Id, Promise<Answer<AnswerOf<Id>>>>
  /**
   * The same as `post`, but blocks the thread until the answer is there. A server in this thread
   * could not give it.
   * @throws {WechatpayError} as `post` does.
   * @throws {ConfigurationError} BLOCKING_UNAVAILABLE
   */
  readonly postSync: Verb<Id, Answer<AnswerOf<Id>>>
  /**
   * Finds out what became of a `post` with these options whose `outcome` is `unknown`, be it of
   * an earlier run of the program. It queries by the merchant's number, and only if the answer shows
   * that the call was not carried out, sends it again. Should the first one arrive in between, WeChat
   * Pay takes the second as its repeat or refuses it; after a refusal it queries once more.
   * @throws {ConfigurationError} before anything is sent, when the call lacks what the query needs.
   * @throws {ReconciliationError} when the query fails, or the number is another call's.
   * @throws {WechatpayError} what `post` throws, of the call that was sent again.
   */
  readonly reconcile: Verb<Id, Promise<Reconciled<Id>>>
}

type GetVerbs<Id extends EndpointId> = {
  /**
   * Sends a GET. After no answer, a 5xx or a 429 it is sent again, up to `retry` times.
   * @throws {WechatpayError}
   */
  readonly get: Verb<Id, Promise<Answer<AnswerOf<Id>>>>
  /** The same as `get`, under the name it has in the PHP SDK. */
  readonly getAsync: Verb<Id, Promise<Answer<AnswerOf<Id>>>>
  /**
   * The same as `get`, but blocks the thread until the answer is there. A server in this thread
   * could not give it.
   * @throws {WechatpayError} as `get` does.
   * @throws {ConfigurationError} BLOCKING_UNAVAILABLE
   */
  readonly getSync: Verb<Id, Answer<AnswerOf<Id>>>
}

/** What can be called at a path: the methods that the table has for it. */
type Verbs<Path extends string> = ([IdAt<Path, 'POST'>] extends [never]
  ? unknown
  : PostVerbs<IdAt<Path, 'POST'>>) &
  ([IdAt<Path, 'GET'>] extends [never] ? unknown : GetVerbs<IdAt<Path, 'GET'>>)

type Camel<Segment extends string> = Segment extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Segment

type Key<Segment extends string> = Segment extends `{${infer Name}}` ? `_${Name}_` : Camel<Segment>

/** The segments that may follow a prefix, itself empty or ending in a slash. */
type Next<Prefix extends string> = RoutePath extends infer Path
  ? Path extends `${Prefix}${infer Rest}`
    ? Rest extends `${infer Head}/${string}`
      ? Head
      : Rest
    : never
  : never

type Chain<Prefix extends string> = {
  readonly [Segment in Next<Prefix> as Key<Segment>]: Verbs<`${Prefix}${Segment}`> &
    Chain<`${Prefix}${Segment}/`>
}

/** The three ways to a path: segment by segment, `chain(path)`, and `[path]`. */
export type Routes = Chain<''> & { readonly [Path in RoutePath]: Verbs<Path> } & {
  /** Goes to a path; a leading slash is optional. @throws {ConfigurationError} PATH_UNKNOWN */
  chain<Path extends RoutePath>(path: Path | `/${Path}`): Verbs<Path>
}
