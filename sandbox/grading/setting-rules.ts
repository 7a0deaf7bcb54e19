import { finding, notSeen, pass, type Rule } from './rule.ts'

const notPublic =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[)|^[^.]+$|\.(?:localhost|local|internal|test)$/

export const notifyUrlIsPublic: Rule = ({ url }) => {
  if (url.search) return finding(`WeChat Pay takes no notify_url with a query: ${url.search}.`)
  if (notPublic.test(url.hostname)) {
    return notSeen('This address is of your own network, as is fine in a sandbox.')
  }
  return url.protocol === 'https:'
    ? pass('It is https without a query.')
    : finding('A public notify_url must be https.')
}

export const keyFileIsPrivate: Rule = ({ keyMode }) => {
  if (keyMode === undefined) {
    return notSeen('No mode was read: name the private key file by --key; Windows has no modes.')
  }
  const mode = `Its mode is 0${(keyMode & 0o777).toString(8)}.`
  return keyMode & 0o077 ? finding(mode) : pass(mode)
}
