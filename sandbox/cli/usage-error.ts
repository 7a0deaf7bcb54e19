import { render, type Sentence } from '../../contracts/texts.ts'

/** What was asked for cannot be understood: said in the reader's language, with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly sentence: Sentence

  constructor(sentence: Sentence) {
    super(render(sentence, 'en'))
    this.sentence = sentence
  }
}
