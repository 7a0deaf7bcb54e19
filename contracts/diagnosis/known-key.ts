import type { KeyObject } from 'node:crypto'
import { fill, list, type Sentence } from '../texts.ts'
import { keyTexts, ownerTexts } from './texts/identity.ts'

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
