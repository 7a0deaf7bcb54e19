import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type Har, readHar } from './har.ts'

// The package finds itself by its name, so the way is the same from source and from dist.
const manifest = createRequire(import.meta.url).resolve('wechatpay-sandbox/package.json')
const folder = new URL('contracts/recordings/', pathToFileURL(manifest))

/** The files of recordings that come with the package, by name. */
export const bundledFiles = (): ReadonlyMap<string, Har> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.har'))
      .map((name) => [name, readHar(readFileSync(new URL(name, folder), 'utf8'), name)]),
  )
