import { fromGbk, fromUtf8 } from '../../contracts/diagnosis/character-sets.ts'
import { isJsonObject, jsonOf } from '../../contracts/json.ts'
import { firstFault } from '../../contracts/json-report.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import { journalTexts } from './texts.ts'

/** Why a body is no JSON object; nothing for one that is, or that is empty. */
export const unreadableBody = (bytes: Uint8Array): Sentence | undefined => {
  if (bytes.length === 0) return undefined
  const text = fromUtf8(bytes)?.replace(/^\uFEFF/, '')
  if (text === undefined) {
    const gbk = fromGbk(bytes)
    return gbk !== undefined && isJsonObject(jsonOf(gbk))
      ? journalTexts.bodyGbk
      : journalTexts.bodyNotUtf8
  }

  const value = jsonOf(text)
  if (isJsonObject(value)) return undefined
  if (Array.isArray(value)) return journalTexts.bodyList
  if (typeof value === 'string' && isJsonObject(jsonOf(value))) return journalTexts.bodyQuoted
  if (value !== undefined) return fill(journalTexts.bodyOther, { value: excerptOf(text) })
  if (/^[^\s={}[\]"&]+=[^\s{}"]*$/.test(text.trim())) return journalTexts.bodyForm

  return faultIn(text, bytes.length - Buffer.byteLength(text))
}

/** What is wrong with a text that is no JSON, `skipped` bytes of a BOM before it. */
const faultIn = (text: string, skipped: number): Sentence => {
  const fault = firstFault(text)
  if (!fault) return journalTexts.bodyNotJson
  const rest = text.slice(fault.at)
  const before = text.slice(0, fault.at)
  // At its end, or in a text whose closing quote never comes.
  if (rest.trim() === '' || /^"(?:[^"\\]|\\[\s\S])*$/.test(rest)) {
    return fill(journalTexts.bodyCut, { bytes: skipped + Buffer.byteLength(text) })
  }

  const byte = skipped + Buffer.byteLength(before) + 1
  if (rest.startsWith("'")) return fill(journalTexts.bodyQuotes, { byte })
  const lines = before.split(/\r\n|\r|\n/)
  return fill(journalTexts.bodyFault, {
    byte,
    line: lines.length,
    column: Buffer.byteLength(lines.at(-1) ?? '') + 1,
    excerpt: excerptOf(rest),
  })
}

const longest = 40

const excerptOf = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest)}…` : text
