import { fill } from '../../contracts/texts.ts'
import { textMember } from './recorded-traffic.ts'
import { finding, notSeen, pass, type Rule } from './rule.ts'
import { reasonTexts } from './texts/reasons.ts'
import { requestEvidence } from './traffic-evidence.ts'

const notPublic =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[)|^[^.]+$|\.(?:localhost|local|internal|test)$/

const isPublic = ({ hostname }: URL) => !notPublic.test(hostname)

export const notifyUrlIsPublic: Rule = ({ url, traffic }) => {
  const named = (traffic?.requests ?? []).flatMap((request) => {
    const text = textMember(request.body, 'notify_url') ?? ''
    return URL.canParse(text) ? [{ url: new URL(text), evidence: requestEvidence(request) }] : []
  })
  const all = [{ url, evidence: undefined }, ...named]

  const withQuery = all.find((each) => each.url.search !== '')
  if (withQuery) {
    const why = fill(reasonTexts.notifyUrlWithQuery, { query: withQuery.url.search })
    return finding(why, withQuery.evidence && [withQuery.evidence])
  }
  const reachable = all.filter((each) => isPublic(each.url))
  const insecure = reachable.find((each) => each.url.protocol !== 'https:')
  if (insecure) {
    return finding(reasonTexts.notifyUrlNotHttps, insecure.evidence && [insecure.evidence])
  }
  return reachable.length > 0
    ? pass(reasonTexts.notifyUrlPublic)
    : notSeen(reasonTexts.notifyUrlNotPublic)
}

export const keyFileIsPrivate: Rule = ({ keyMode }) => {
  if (keyMode === undefined) return notSeen(reasonTexts.keyModeUnknown)
  const why = fill(reasonTexts.keyMode, { mode: (keyMode & 0o777).toString(8) })
  return keyMode & 0o077 ? finding(why) : pass(why)
}
