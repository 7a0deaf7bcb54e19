import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file of this package, which finds itself by its name, since what is built lies elsewhere. */
export const ownFile = (path: string): string =>
  join(dirname(createRequire(import.meta.url).resolve('wechatpay-sandbox/package.json')), path)
