/**
 * The endpoint table as an OpenAPI 3.1 document.
 * @module
 */
import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { errors, type Situation } from './errors.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

type Example = {
  value: { code: string; message: string }
  'x-evidence': string
  'x-source': string
}

type Content = {
  'application/json': { schema: JsonSchema; examples?: Record<string, Example> }
}

type Parameter = {
  name: string
  in: 'path' | 'query'
  required: boolean
  description?: string
  schema: JsonSchema
}

type Operation = {
  operationId: string
  summary: string
  tags: string[]
  parameters: Parameter[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, { description: string; content?: Content }>
  'x-mode': Endpoint['mode']
  'x-source': Endpoint['sources']
}

export type OpenApiDocument = {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  security: Record<string, string[]>[]
  paths: Record<string, Partial<Record<'get' | 'post', Operation>>>
  components: {
    schemas: Record<string, JsonSchema>
    securitySchemes: Record<string, { type: 'http'; scheme: string; description: string }>
  }
}

const scheme = 'WECHATPAY2-SHA256-RSA2048'

/** The OpenAPI 3.1 document of all endpoints; `serverUrl` is where they are served. */
export const openapi = ({
  serverUrl = 'https://api.mch.weixin.qq.com',
}: {
  serverUrl?: string
} = {}): OpenApiDocument => {
  const table: Record<string, Endpoint> = endpoints
  const paths: OpenApiDocument['paths'] = {}

  for (const [id, endpoint] of Object.entries(table)) {
    const method = endpoint.method === 'GET' ? 'get' : 'post'
    paths[endpoint.path] = { ...paths[endpoint.path], [method]: operationOf(id, endpoint) }
  }

  return {
    openapi: '3.1.0',
    info: {
      title: 'WeChat Pay: PayScore plans, basic payments and what belongs to them',
      version: 'v3',
      description:
        'Amounts are in fen, times in Beijing time. `title` is the label that error messages quote, ' +
        '`x-evidence` says how a fact is known and `x-source` where it comes from.',
    },
    servers: [{ url: serverUrl }],
    security: [{ [scheme]: [] }],
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        [scheme]: {
          type: 'http',
          scheme,
          description:
            'An RSA signature with SHA-256 by the private key of the merchant over method, request ' +
            'target, timestamp, nonce and body, each followed by a line feed.',
        },
      },
    },
  }
}

const operationOf = (id: string, endpoint: Endpoint): Operation => {
  const { request, response } = endpoint
  const [tag = id] = id.split('.')

  return {
    operationId: id,
    summary: endpoint.summary.en,
    tags: [tag],
    parameters: [...parametersOf('path', request.path), ...parametersOf('query', request.query)],
    ...(request.body && {
      requestBody: {
        required: request.bodyMayBeAbsent !== true,
        content: { 'application/json': { schema: jsonSchema(request.body, 'input') } },
      },
    }),
    responses: {
      [response.status]: successOf(response),
      ...refusalsOf([
        ...anyRequest,
        ...(request.query ? anyQuery : []),
        ...(request.body ? anyBody : []),
        ...endpoint.situations,
      ]),
    },
    'x-mode': endpoint.mode,
    'x-source': endpoint.sources,
  }
}

const parametersOf = (place: 'path' | 'query', fields: z.ZodObject | undefined): Parameter[] =>
  Object.entries(fields?.shape ?? {}).map(([name, field]) => {
    const schema = jsonSchema(field, 'input')

    return {
      name,
      in: place,
      required: !(field instanceof z.ZodOptional),
      ...(schema.description !== undefined && { description: schema.description }),
      schema,
    }
  })

const successOf = (response: Endpoint['response']) =>
  response.status === 204
    ? { description: 'Done; there is no body.' }
    : {
        description: 'Done.',
        content: { 'application/json': { schema: jsonSchema(response.body, 'output') } },
      }

/** What any request can meet with, what any body and what any query can. */
const anyRequest = [
  'userAgentMissing',
  'languageUnsupported',
  'authorizationMalformed',
  'authorizationUnreadable',
  'schemeUnknown',
  'timestampExpired',
  'serialUnknown',
  'signatureMismatch',
  'fieldInvalid',
  'fieldUndeclared',
  'frequencyLimited',
  'systemError',
] as const satisfies Situation[]
const anyBody = ['bodyUnreadable'] as const satisfies Situation[]
const anyQuery = ['parameterRepeated'] as const satisfies Situation[]

const errorSchema = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', description: 'what clients branch on' },
    message: { type: 'string', description: 'what people read; several share a code' },
    detail: { type: 'object', description: 'where the fault lies, when it lies in one place' },
  },
} as const satisfies JsonSchema

const refusalsOf = (situations: readonly Situation[]): Operation['responses'] => {
  const statuses = [...new Set(situations.map((situation) => errors[situation].status))]

  return Object.fromEntries(
    statuses.map((status) => {
      const here = situations.filter((situation) => errors[situation].status === status)
      const codes = [...new Set(here.map((situation) => errors[situation].code))]
      const content: Content = {
        'application/json': {
          schema: { $ref: '#/components/schemas/Error' },
          examples: Object.fromEntries(here.map((situation) => [situation, exampleOf(situation)])),
        },
      }

      return [status, { description: codes.join(', '), content }]
    }),
  )
}

const exampleOf = (situation: Situation): Example => {
  const { code, message, evidence } = errors[situation]
  return { value: { code, message }, 'x-evidence': evidence.class, 'x-source': evidence.source }
}

const jsonSchema = (schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema, ...made } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    override: ({ jsonSchema: node }) => {
      // WeChat Pay adds members to its answers; only requests must not say more than is declared.
      if (io === 'output') delete node.additionalProperties
      // JSON Schema reads patterns in Unicode mode, where an at sign cannot be escaped.
      if (node.pattern) node.pattern = node.pattern.replaceAll('\\@', '@')
      if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum
      if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum
    },
  })

  return made
}
