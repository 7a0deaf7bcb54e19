import { createHash, X509Certificate } from 'node:crypto'

/** Java wants a password for the store, which guards nothing: certificates are public. */
export const trustStorePassword = 'changeit'

/**
 * Certificates as a Java key store of the old kind (`JKS`, version 2), which every Java since 1.2
 * reads, and which needs no tool of Java's to be written.
 */
export const javaTrustStore = (certificates: readonly string[]): Buffer => {
  const content = Buffer.concat([
    uint32(0xfeedfeed),
    uint32(2),
    uint32(certificates.length),
    ...certificates.flatMap((pem, index) => [
      uint32(trustedCertificate),
      text(`wechatpay-sandbox-${index}`),
      Buffer.alloc(8),
      text('X.509'),
      ...withLength(new X509Certificate(pem).raw),
    ]),
  ])
  const digest = createHash('sha1')
    .update(Buffer.from(trustStorePassword, 'utf16le').swap16())
    .update('Mighty Aphrodite')
    .update(content)
    .digest()

  return Buffer.concat([content, digest])
}

const trustedCertificate = 2

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const withLength = (bytes: Buffer): Buffer[] => [uint32(bytes.length), bytes]

/** As `DataOutput.writeUTF` writes it; only ASCII comes here. */
const text = (value: string): Buffer => {
  const bytes = Buffer.alloc(2 + value.length)
  bytes.writeUInt16BE(value.length)
  bytes.write(value, 2, 'latin1')
  return bytes
}
