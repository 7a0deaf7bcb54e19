import type { KeyObject } from 'node:crypto'

/** Whose key it is, seen from the merchant who is to sign. */
export type KeyOwner =
  | 'merchant'
  | 'sub-merchant'
  | 'former'
  | 'other-merchant'
  | 'platform-certificate'
  | 'platform-public-key'
  | 'replay'

/** `id` is the serial number of its certificate, or PUB_KEY_ID_… */
export type KnownKey = { owner: KeyOwner; id?: string; mchid?: string; publicKey: KeyObject }

const owners: Record<KeyOwner, string> = {
  merchant: "the merchant's own key",
  'sub-merchant': "the sub-merchant's key",
  former: 'a former key of the merchant',
  'other-merchant': 'the key of another merchant',
  'platform-certificate': 'the key of the platform certificate',
  'platform-public-key': 'the WeChat Pay public key',
  replay: 'the example key of the documentation',
}

/** A key in words, by what is public of it. */
export const nameOf = ({ owner, id, mchid }: KnownKey): string => {
  const details = [mchid && `mchid ${mchid}`, id && (id.startsWith('PUB_') ? id : `serial ${id}`)]
  const known = details.filter(Boolean).join(', ')

  return known ? `${owners[owner]} (${known})` : owners[owner]
}
