/** Whether a host name, as `URL` spells it, is this machine's own (RFC 1122 3.2.1.3, RFC 6761 6.3). */
export const isLoopback = (hostname: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)

/** An address as `URL` spells it. */
export const hostnameOf = (address: string): string =>
  address.includes(':') ? `[${address}]` : address

/** Where a server listens, of what its `address()` gives. */
export const placeOf = (
  bound: { port: number } | string | null,
  host = '127.0.0.1',
): { url: string; port: number } => {
  const port = typeof bound === 'object' && bound ? bound.port : 0
  return { url: `http://${hostnameOf(host)}:${port}`, port }
}
