/**
 * The last step of the build: writes what every operation takes and answers into the published types,
 * each field with the label and meaning that the OpenAPI document has. Types that zod infers lose
 * them, since an editor follows no comment through the key remapping in zod's object types.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { endpointIds, endpoints } from '../dist/contracts/index.js'

const typeOf = (schema, indent) => {
  if (schema.anyOf) return schema.anyOf.map((each) => typeOf(each, indent)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')

  switch (schema.type) {
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
    case 'boolean':
      return schema.type
    case 'array':
      return `Array<${typeOf(schema.items, indent)}>`
    case 'object':
      return objectOf(schema, indent)
    default:
      throw new Error(`No type is known for the schema ${JSON.stringify(schema)}.`)
  }
}

const objectOf = ({ properties = {}, required = [], additionalProperties }, indent) => {
  // What zod infers for an object without members.
  if (Object.keys(properties).length === 0) {
    return `Record<string, ${isLoose(additionalProperties) ? 'unknown' : 'never'}>`
  }
  const inner = `${indent}  `
  const fields = Object.entries(properties).map(([name, field]) => {
    const type = typeOf(field, inner)
    const member = required.includes(name) ? `${name}: ${type}` : `${name}?: ${type} | undefined`
    return `${commentOf(field, inner)}${inner}${member};\n`
  })
  // What a loose object may hold beside; a strict or an ordinary one holds nothing that has a type.
  const rest = isLoose(additionalProperties) ? `${inner}[name: string]: unknown;\n` : ''

  return `{\n${fields.join('')}${rest}${indent}}`
}

const isLoose = (additional) => typeof additional === 'object' && additional !== null

const commentOf = ({ title, description }, indent) => {
  const words = [title, description].filter(Boolean).join(': ').replaceAll('*/', '*\\/')
  return words && `${indent}/** ${words} */\n`
}

const partOf = (name, schema, io) =>
  `    ${name}: ${schema ? typeOf(schema.toJSONSchema({ io }), '    ') : 'undefined'};\n`

const operationOf = (id) => {
  const { summary, request, response } = endpoints[id]
  const parts = [
    partOf('path', request.path, 'input'),
    partOf('query', request.query, 'input'),
    partOf('body', request.body, 'input'),
    partOf('answer', response.body, 'output'),
  ]
  return `  /** ${summary.en} */\n  '${id}': {\n${parts.join('')}  };\n`
}

const published = new URL('../dist/contracts/', import.meta.url)
writeFileSync(
  new URL('field-types.d.ts', published),
  `/** What every operation takes and answers, field by field; made from the endpoint table. */\nexport type FieldTypes = {\n${endpointIds.map(operationOf).join('')}};\n`,
)

const file = new URL('endpoints.d.ts', published)
const declarations = readFileSync(file, 'utf8')
const imported = "import type { FieldTypes } from './field-types.js';\n"
if (!declarations.startsWith(imported)) {
  const types = { PathOf: 'path', QueryOf: 'query', BodyOf: 'body', AnswerOf: 'answer' }
  const documented = Object.entries(types).reduce((text, [type, part]) => {
    const inferred = new RegExp(`(export type ${type}<Id extends EndpointId> = ).*;`)
    if (!inferred.test(text))
      throw new Error(`dist/contracts/endpoints.d.ts does not declare ${type}.`)
    return text.replace(inferred, `$1FieldTypes[Id]['${part}'];`)
  }, declarations)
  writeFileSync(file, imported + documented)
}
