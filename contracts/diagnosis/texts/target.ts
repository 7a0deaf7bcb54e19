import type { MistakeText } from './mistake-text.ts'

const target =
  'Sign path and query exactly as they stand on the request line: take them from the finished request, after the last encoding.'

/** Of the request line. */
export const targetTexts = {
  methodCase: {
    sentence: 'The method was signed as {signed}; the request line says {sent}.',
    fix: 'Sign the method in capitals.',
  },
  methodOther: {
    sentence: 'The method was signed as {signed}; the request was sent with {sent}.',
    fix: 'Take the method from the finished request.',
  },
  urlWithHost: {
    sentence: 'The URL was signed with its host: {signed}; only {sent} is to be signed.',
    fix: target,
  },
  prefixSigned: {
    sentence: 'A path prefix was signed that is not sent: {signed} instead of {sent}.',
    fix: `${target} The part of a base URL that a proxy takes away does not belong in there.`,
  },
  prefixNotSigned: {
    sentence:
      'The path was sent with a prefix that was not signed: {signed} was signed, {sent} came.',
    fix: `${target} Check which prefix a proxy on the way adds.`,
  },
  slashMissing: {
    sentence: 'The path was signed without its leading slash: {signed}.',
    fix: target,
  },
  versionMissing: {
    sentence: 'The path was signed without /v3: {signed} instead of {sent}.',
    fix: target,
  },
  slashTrailing: {
    sentence: 'The slash at the end of the path differs: {signed} was signed, {sent} was sent.',
    fix: target,
  },
  pathDecoded: {
    sentence: 'The path was signed decoded: {signed} instead of {sent}.',
    fix: target,
  },
  pathReencoded: {
    sentence: 'The path was encoded another way: {signed} was signed, {sent} was sent.',
    fix: target,
  },
  pathNormalised: {
    sentence: 'The path was signed cleaned up: {signed} instead of {sent}.',
    fix: target,
  },
  pathTemplate: {
    sentence: 'The template of the path was signed, not filled in: {signed} instead of {sent}.',
    fix: target,
  },
  queryMissing: {
    sentence: 'The query was not signed: {signed} was signed, {sent} was sent.',
    fix: target,
  },
  queryDecoded: {
    sentence: 'The query was signed decoded: {signed} instead of {sent}.',
    fix: target,
  },
  queryReordered: {
    sentence:
      'The parameters of the query were signed in another order: {signed} instead of {sent}.',
    fix: target,
  },
  queryReencoded: {
    sentence: 'The query was encoded another way: {signed} was signed, {sent} was sent.',
    fix: target,
  },
  queryInBody: {
    sentence: 'The query was signed as the body, and the path without it.',
    fix: `${target} The body line of a GET is empty.`,
  },
  questionMark: {
    sentence: 'A question mark without a query differs: {signed} was signed, {sent} was sent.',
    fix: target,
  },
} as const satisfies Record<string, MistakeText>
