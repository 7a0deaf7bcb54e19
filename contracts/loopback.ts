/** Whether a host name, as `URL` spells it, is this machine's own (RFC 1122 3.2.1.3, RFC 6761 6.3). */
export const isLoopback = (hostname: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
