/** Advice in which more than one kind of mistake ends. */
export const lines =
  'Sign five lines, each ended by one \\n, the last one too: method, target, timestamp, nonce_str, body.'
export const ownSerial =
  'Send the serial number of the certificate that belongs to the signing key: openssl x509 -in apiclient_cert.pem -noout -serial.'
export const header =
  'Write WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",timestamp="…",serial_no="…",signature="…" on one line.'
export const seconds =
  'Take Unix seconds once, in a variable, and use it for the text and for the header.'
export const clock =
  'Set the clock of this machine by NTP; Unix time knows no time zone, so do not add one.'
