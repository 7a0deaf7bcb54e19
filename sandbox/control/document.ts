import { z } from 'zod'
import { operations } from './operations.ts'

const whose = {
  name: 'mchid',
  in: 'query',
  description: 'whose resource; the first merchant when it is not said',
  schema: { type: 'string' },
}

const queryOf = (query: z.ZodObject | undefined) =>
  Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: z.toJSONSchema(schema, { io: 'input' }),
  }))

/** The OpenAPI 3.1 document of the control API, made from its table. */
export const controlDocument = () => {
  const paths: Record<string, Record<string, unknown>> = {}

  for (const { method, path, summary, body, query } of operations) {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }))
    const item = paths[`/_sandbox${path}`] ?? {}
    item[method.toLowerCase()] = {
      summary,
      parameters: [...parameters, whose, ...queryOf(query)],
      ...(body && {
        requestBody: {
          content: { 'application/json': { schema: z.toJSONSchema(body, { io: 'input' }) } },
        },
      }),
      responses: {
        '200': { description: 'what became of it' },
        '204': { description: 'done' },
        '400': { description: 'not understood, or refused: `code`, `message`' },
        '401': { description: 'the token is missing, where one is needed' },
        '403': { description: 'not from this machine, or from a page of another site' },
        '404': { description: 'unknown' },
        '413': { description: 'larger than it reads' },
      },
    }
    paths[`/_sandbox${path}`] = item
  }

  return {
    openapi: '3.1.0',
    info: {
      title: 'wechatpay-sandbox control API',
      version: '1',
      description:
        'Acts as the user and as WeChat Pay, without signatures. For this machine only; bound elsewhere than to loopback, for whoever has the token.',
    },
    security: [{}, { token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  }
}
