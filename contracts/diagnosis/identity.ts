import type { KeyObject } from 'node:crypto'
import type { Authorization } from '../protocol/authorization.ts'
import { sameSerial } from '../protocol/certificate.ts'
import { fill, list, type Sentence } from '../texts.ts'
import { type Finding, type MistakeCode, mistake, printable } from './mistakes.ts'
import { keyTexts, ownerTexts } from './texts/signature.ts'

/** Whose key it is, seen from the merchant who is to sign. */
export type KeyOwner = keyof typeof ownerTexts

/** `id` is the serial number of its certificate, or PUB_KEY_ID_… */
export type KnownKey = { owner: KeyOwner; id?: string; mchid?: string; publicKey: KeyObject }

/** A key in words, by what is public of it. */
export const nameOf = ({ owner, id, mchid }: KnownKey): Sentence => {
  const details = [
    ...(mchid ? [fill(keyTexts.mchid, { mchid })] : []),
    ...(id ? [id.startsWith('PUB_') ? id : fill(keyTexts.serial, { serial: id })] : []),
  ]
  const ownerText = ownerTexts[owner]

  return details.length === 0
    ? ownerText
    : fill(keyTexts.named, { owner: ownerText, details: list(details, keyTexts.between) })
}

type Claim = {
  signer: KnownKey
  members: Partial<Authorization>
  keys: readonly KnownKey[]
  subMchids: readonly string[]
}

/** What is wrong with key, mchid and serial_no, seen from the key that made the signature. */
export const identityMistakes = (claim: Claim): Finding[] => {
  const key = keyMistake(claim)
  return [...(key ? [key] : mchidMistakes(claim)), ...serialMistakes(claim, key !== undefined)]
}

const keyCodes: Record<Exclude<KeyOwner, 'merchant'>, MistakeCode> = {
  'sub-merchant': 'keyOfSubMerchant',
  former: 'keyFormer',
  'other-merchant': 'keyOfOtherMerchant',
  'platform-certificate': 'keyOfPlatformCertificate',
  'platform-public-key': 'keyOfPlatformPublicKey',
  replay: 'keyOfReplay',
}

const keyMistake = (claim: Claim): Finding | undefined => {
  const { signer, members } = claim
  if (signer.owner === 'merchant') return undefined
  // Whoever is named by mchid or by serial_no is no other merchant: then the rest is wrong.
  const isNamed =
    isSerialOf(signer, members.serial_no) ||
    (signer.mchid !== undefined && signer.mchid === members.mchid)
  if (signer.owner === 'other-merchant' && (isNamed || isNobodyNamed(claim))) return undefined

  return mistake(keyCodes[signer.owner], { signed: nameOf(signer) })
}

/** Where mchid names nobody who could sign, it is mchid that is wrong, and not the key. */
const isNobodyNamed = ({ signer, members, keys }: Claim) =>
  signer.mchid !== undefined && keys.every(({ mchid }) => mchid !== members.mchid)

const mchidMistakes = ({ signer, members: { mchid }, subMchids }: Claim): Finding[] => {
  if (!mchid || !signer.mchid || signer.mchid === mchid) return []
  const code = subMchids.includes(mchid) ? 'mchidOfSubMerchant' : 'mchidOther'

  return [mistake(code, { sent: printable(mchid), signed: signer.mchid })]
}

const serialMistakes = ({ signer, members, keys }: Claim, isWrongKey: boolean): Finding[] => {
  const { serial_no: serial } = members
  const right = isWrongKey ? [signer, ...keys.filter(isMerchants)] : [signer]
  const { id } = right.find((key) => key.id !== undefined) ?? {}
  if (!serial || !id || right.some((key) => isSerialOf(key, serial))) return []

  return [mistake(serialCode(serial, { id, keys }), { sent: printable(serial), signed: id })]
}

const isMerchants = ({ owner }: KnownKey) => owner === 'merchant'

const isSerialOf = ({ id }: KnownKey, serial: string | undefined) =>
  id !== undefined && serial !== undefined && sameSerial(id, serial)

type Right = { id: string; keys: readonly KnownKey[] }

const serialCode = (serial: string, { id, keys }: Right): MistakeCode => {
  if (serial.startsWith('PUB_KEY_ID_')) return 'serialIsPublicKeyId'
  if (isDecimalOf(id, serial)) return 'serialDecimal'
  if (sameSerial(id, serial.replace(/^0x|[:\s-]/gi, ''))) return 'serialSpelling'
  const named = keys.find((key) => isSerialOf(key, serial))

  return named ? (serialCodes[named.owner] ?? 'serialOfOtherKey') : 'serialUnknown'
}

const serialCodes: Partial<Record<KeyOwner, MistakeCode>> = {
  'platform-certificate': 'serialOfPlatform',
  'sub-merchant': 'serialOfOtherMerchant',
  'other-merchant': 'serialOfOtherMerchant',
}

const isDecimalOf = (id: string, serial: string) =>
  /^[0-9a-f]+$/i.test(id) && /^\d{1,60}$/.test(serial) && BigInt(`0x${id}`) === BigInt(serial)
