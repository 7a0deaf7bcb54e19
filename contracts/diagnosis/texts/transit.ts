import { ownSerial } from './fixes.ts'
import type { MistakeText } from './mistake-text.ts'

/** Of what was signed and sent right, and arrived as something else. */
export const transitTexts = {
  methodChanged: {
    sentence: 'The method {signed} was signed and sent; WeChat Pay saw {sent}.',
    fix: 'Look for what changes requests on their way: a proxy, a gateway, a redirect.',
  },
  targetChanged: {
    sentence: 'The target {signed} was signed and sent; WeChat Pay saw {sent}.',
    fix: 'Look for what rewrites paths on their way: a proxy prefix in baseUrl, a gateway, a redirect.',
  },
  bodyChanged: {
    sentence:
      'The text that was signed has {signed} bytes, the one that WeChat Pay built {sent}: the body changed on its way.',
    fix: 'Look for what rewrites bodies on their way: a proxy, a gateway, middleware of the HTTP client.',
  },
  certificateOfOtherKey: {
    sentence:
      'The signature is right for this private key, and WeChat Pay saw what was signed: the certificate {sent} belongs to another private key.',
    fix: ownSerial,
  },
} as const satisfies Record<string, MistakeText>
