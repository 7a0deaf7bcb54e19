/** What can be wrong with an Authorization. */
export type Tampering =
  | 'signature'
  | 'nonce'
  | 'merchant'
  | 'serial'
  | 'timestamp'
  | 'scheme'
  | 'form'
  | 'absence'

const longAgo = '1554208460'

/** The same Authorization with one thing wrong with it; every other part reads well. */
export const tampered = (authorization: string, how: Tampering): string => {
  switch (how) {
    case 'signature':
      return authorization.replace(/signature="(.)/, (_, first) => `signature="${other(first)}`)
    case 'nonce':
      return authorization.replace(/nonce_str="(.)/, (_, first) => `nonce_str="${other(first)}`)
    case 'merchant':
      return authorization.replace(/mchid="\d+"/, 'mchid="1999999999"')
    case 'serial':
      return authorization.replace(/serial_no="\w+"/, `serial_no="${'0123456789'.repeat(4)}"`)
    case 'timestamp':
      return authorization.replace(/timestamp="\d+"/, `timestamp="${longAgo}"`)
    case 'scheme':
      return authorization.replace(/^\S+/, 'WECHATPAY2-SHA256-RSA1024')
    case 'form':
      return authorization.replace(/signature="[^"]*"/, '')
    case 'absence':
      return ''
  }
}

const other = (letter: string) => (letter === 'A' ? 'B' : 'A')
