import { type Command, Help, type Option } from 'commander'
import { fill, list, type Text } from '../../contracts/texts.ts'
import { cellsOf } from '../verifying/cells.ts'
import type { CommandLine } from './command-line.ts'
import { helpTexts } from './texts.ts'

const plain = new Help()

const titles = new Map<string, Text>([
  ['Usage:', helpTexts.usage],
  ['Arguments:', helpTexts.arguments],
  ['Options:', helpTexts.options],
  ['Commands:', helpTexts.commands],
])

/** Gives `--help` the words of the reader's language, commander's own included. */
export const translateHelp = (program: Command, { say }: Pick<CommandLine, 'say'>): void => {
  const translatePlaces = (usage: string) =>
    usage
      .replace('[options]', say(helpTexts.optionsPlace))
      .replace('[command]', say(helpTexts.commandPlace))

  program
    .helpOption('-h, --help', say(helpTexts.help))
    .helpCommand('help [command]', say(helpTexts.help))
    .configureHelp({
      displayWidth: cellsOf,
      styleTitle: (title) => say(titles.get(title) ?? title),
      commandUsage: (command) => translatePlaces(plain.commandUsage(command)),
      subcommandTerm: (command) => translatePlaces(plain.subcommandTerm(command)),
      optionDescription: (option) => say(describe(option)),
    })
}

const describe = ({ description, argChoices, defaultValue, required }: Option) => {
  const extras = [
    ...(argChoices
      ? [fill(helpTexts.choices, { choices: list(argChoices.map((each) => `"${each}"`)) })]
      : []),
    ...(defaultValue !== undefined && required
      ? [fill(helpTexts.default, { value: JSON.stringify(defaultValue) })]
      : []),
  ]
  const extra = list(extras, helpTexts.betweenExtras)

  return extras.length === 0 ? description : fill(helpTexts.described, { description, extra })
}
