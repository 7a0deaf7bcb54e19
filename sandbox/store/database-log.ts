const blockLength = 32_768
const headerLength = 7

/** How a log of the database ends: whole, or in a record that does not fit its checksum. */
export type LogState = 'whole' | 'torn' | 'damaged'

/**
 * Whether a log holds what was written to it. LevelDB passes over what does not fit its checksum and
 * tells nobody, so it is looked at before LevelDB does. A record at the end that was not finished
 * was never answered, and a bad one is what a power loss leaves behind; anything sound after
 * something bad is damage.
 * @see https://github.com/google/leveldb/blob/main/doc/log_format.md
 */
export const logState = (log: Buffer): LogState => {
  let state: LogState = 'whole'
  let isPassingOver = false
  for (let start = 0; start < log.length; start += blockLength) {
    const end = Math.min(start + blockLength, log.length)
    for (let at = start; at + headerLength <= end; ) {
      const [length, type] = [log.readUInt16LE(at + 4), log.readUInt8(at + 6)]
      const next = at + headerLength + length
      if (next <= end && log.readUInt32LE(at) === masked(crc32c(log.subarray(at + 6, next)))) {
        if (isPassingOver) return 'damaged'
        at = next
        continue
      }
      // The rest of a block that was not used.
      if (!isPassingOver && type === 0 && length === 0) break
      if (!isPassingOver && (next <= end || end < log.length)) state = 'torn'
      isPassingOver = true
      at += 1
    }
  }
  return state
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

/** The checksum of RFC 3720, which node:zlib does not have. */
const crc32c = (bytes: Uint8Array): number => {
  let value = 0xffffffff
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

const masked = (checksum: number): number =>
  (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0
