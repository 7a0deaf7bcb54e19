import {
  fill,
  isLanguage,
  type Language,
  languageOfLocale,
  languages,
  list,
  renderBoth,
} from '../../contracts/texts.ts'
import { usageTexts } from './texts.ts'
import { UsageError } from './usage-error.ts'

/** The last value of `--lang`, in either spelling; empty where it is missing. */
const flagIn = (words: readonly string[]): string | undefined => {
  const end = words.indexOf('--')
  const flags = end === -1 ? words : words.slice(0, end)
  return flags
    .map((word, index) => (word === '--lang' ? (flags[index + 1] ?? '') : word))
    .filter((word, index) => flags[index] === '--lang' || word.startsWith('--lang='))
    .map((word) => word.replace(/^--lang=/, ''))
    .at(-1)
}

/**
 * The reader's language: `--lang`, else what the environment says, else English.
 * @throws {UsageError} when `--lang` names another, in both languages
 */
export const languageOf = (
  words: readonly string[],
  { LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>,
): Language => {
  const asked = flagIn(words)
  if (asked === undefined) return languageOfLocale(LC_ALL || LC_MESSAGES || LANG || '')
  if (isLanguage(asked)) return asked

  throw new UsageError(
    renderBoth(fill(usageTexts.language, { name: asked, choices: list(languages) })),
  )
}
