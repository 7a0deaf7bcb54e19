/**
 * Sentences for people, in both languages side by side. A room keeps its own in a table of texts
 * and renders them in the language of whoever reads; the wire's words are never among them.
 * @module
 */

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** One sentence or phrase; `{name}` stands for a value that is filled in. */
export type Text = { readonly en: string; readonly zh: string }

/** A text with its values, to be rendered when the reader's language is known. */
export type Filled = { readonly text: Text; readonly values: Readonly<Record<string, Sentence>> }

/** Sentences that follow one another within a sentence. */
export type Listed = { readonly items: readonly Sentence[]; readonly between: Text }

/** Whatever can be rendered; a plain string or number is the same in every language. */
export type Sentence = string | number | Text | Filled | Listed

// Other braces, such as those of JSON, hold more than a name.
type Name<Found extends string> = Found extends `${string}${'"' | ' ' | ':' | ',' | '/'}${string}`
  ? never
  : Found

type Names<Template extends string> = Template extends `${string}{${infer Found}}${infer Rest}`
  ? Name<Found> | Names<Rest>
  : never

type Twin<Each extends Text> = [Names<Each['en']>, Names<Each['zh']>] extends [
  Names<Each['zh']>,
  Names<Each['en']>,
]
  ? Each
  : { en: Each['en']; zh: `placeholders differ from the English: ${Each['en']}` }

/** A table of texts: one without its twin, or with other placeholders, does not compile. */
export const textTable = <const Table extends Readonly<Record<string, Text>>>(
  table: Table & { readonly [Key in keyof Table]: Twin<Table[Key]> },
): Table => table

/** Fills a text's placeholders. */
export const fill = <Each extends Text>(
  text: Each,
  values: Readonly<Record<Names<Each['en']>, Sentence>>,
): Filled => ({ text, values })

const betweenWords: Text = { en: ', ', zh: '、' }

/** Words one after another: `a, b` or `甲、乙`. */
export const list = (items: readonly Sentence[], between: Text = betweenWords): Listed => ({
  items,
  between,
})

/** Whole sentences one after another. */
export const sentences = (items: readonly Sentence[]): Listed => list(items, { en: ' ', zh: '' })

/** The sentence in one language. */
export const render = (sentence: Sentence, language: Language): string => {
  if (typeof sentence === 'string') return sentence
  if (typeof sentence === 'number') return String(sentence)
  if ('items' in sentence) {
    const { items, between } = sentence
    return items.map((item) => render(item, language)).join(between[language])
  }
  if (!('text' in sentence)) return sentence[language]

  const { text, values } = sentence
  return text[language].replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name]
    return value === undefined ? whole : render(value, language)
  })
}

/** Both languages one after the other, where the reader's cannot be known. */
export const renderBoth = (sentence: Sentence): string =>
  `${render(sentence, 'zh')} ${render(sentence, 'en')}`

/**
 * A sentence that was kept in English, for a reader of either language: it is looked for among the
 * texts, and what was filled into it is kept.
 */
export const translate = (english: string, texts: readonly Text[], language: Language): string => {
  if (language === 'en') return english
  for (const text of texts) {
    const names: string[] = []
    const pattern = text.en
      .split(/(\{\w+\})/)
      .map((part) => {
        if (!/^\{\w+\}$/.test(part)) return part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
        names.push(part.slice(1, -1))
        return '(.*)'
      })
      .join('')
    const [whole, ...values] = new RegExp(`^${pattern}$`, 's').exec(english) ?? []
    if (whole === undefined) continue
    return render(
      { text, values: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) },
      language,
    )
  }
  return english
}

/** An error that says in both languages what is wrong and what to do; `message` is the English. */
export class SentenceError extends Error {
  override readonly name: string = 'SentenceError'
  readonly sentence: Sentence

  constructor(sentence: Sentence, options?: ErrorOptions) {
    super(render(sentence, 'en'), options)
    this.sentence = sentence
  }
}

export const isLanguage = (name: string): name is Language => name === 'zh' || name === 'en'

/** The language of a locale such as `zh_CN.UTF-8` or `zh-CN`; English for what is not known. */
export const languageOfLocale = (locale: string): Language =>
  /^zh(?:[-_.@]|$)/i.test(locale.trim()) ? 'zh' : 'en'

/** The language that a reader prefers, by `Accept-Language`. */
export const languageOfHeader = (header: string | undefined): Language => {
  const preferred = (header ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().split(/\s*;\s*/)
      const quality = parameters.find((each) => each.startsWith('q='))
      return { tag, weight: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ tag, weight }) => /^(?:zh|en)\b/i.test(tag) && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)[0]

  return languageOfLocale(preferred?.tag ?? '')
}
