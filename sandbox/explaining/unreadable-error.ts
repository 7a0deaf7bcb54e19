import { render, type Sentence } from '../../contracts/texts.ts'

/** Thrown when something pasted cannot be taken; `sentence` says why in the language of any reader. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
  readonly sentence: Sentence

  constructor(sentence: Sentence) {
    super(render(sentence, 'en'))
    this.sentence = sentence
  }
}
