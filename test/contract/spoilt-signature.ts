/** The same Authorization with a signature that reads well and does not fit. */
export const spoiltSignature = (authorization: string): string =>
  authorization.replace(/signature="(.)/, (_, first) => `signature="${first === 'A' ? 'B' : 'A'}`)
