/** The headers of a callback as they were captured, around those of its signature. */
export const callbackHeaders = (
  body: string,
  signature: Record<string, string>,
): Record<string, string> => ({
  'User-Agent': 'Mozilla/4.0',
  Accept: '*/*',
  Pragma: 'no-cache',
  'Content-Type': 'application/json',
  Connection: 'close',
  'Content-Length': String(Buffer.byteLength(body)),
  ...signature,
})
