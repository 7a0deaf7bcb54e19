import type { CommanderError } from 'commander'
import { fill, type Sentence, SentenceError } from '../../contracts/texts.ts'
import { usageTexts } from './texts.ts'

/** What was asked for cannot be understood: said in the reader's language, with status 2. */
export class UsageError extends SentenceError {
  override readonly name = 'UsageError'
}

/** What commander found wrong, in our words; it quotes what it speaks of. */
export const usageSentenceOf = ({ code, message }: CommanderError): Sentence => {
  const [quoted = ''] = [...message.matchAll(/'([^']*)'/g)].map(([, text = '']) => text)
  const like = /\(Did you mean (?:one of )?(.+)\?\)/.exec(message)?.[1]

  switch (code) {
    case 'commander.unknownOption':
      return like === undefined
        ? fill(usageTexts.optionUnknown, { option: quoted })
        : fill(usageTexts.optionLike, { option: quoted, like })
    case 'commander.unknownCommand':
      return like === undefined
        ? fill(usageTexts.commandUnknown, { command: quoted })
        : fill(usageTexts.commandLike, { command: quoted, like })
    case 'commander.optionMissingArgument':
      return fill(usageTexts.valueMissing, { option: quoted })
    case 'commander.missingMandatoryOptionValue':
      return fill(usageTexts.optionMissing, { option: quoted })
    case 'commander.excessArguments':
      return usageTexts.tooManyArguments
    default:
      return message
  }
}
