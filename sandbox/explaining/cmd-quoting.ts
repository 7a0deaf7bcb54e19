import { explainTexts } from './texts.ts'
import { UnreadableError } from './unreadable-error.ts'

/** Undoes what "Copy as cURL (cmd)" does for cmd.exe. @throws {UnreadableError} where that is not certain */
export const withoutCmdQuoting = (command: string): string => {
  if (!/\s\^(?:"|\r?\n)/.test(command)) return command
  const plain = command.replace(/\^(?:\r?\n|(.))/gs, '$1')
  // Single quotes are a POSIX shell's; what becomes of a backslash differs between programs.
  if (!/\s\^"/.test(command) || /\s\$?'/.test(command) || /\\(?!")/.test(plain)) {
    throw new UnreadableError(explainTexts.cmdQuoting)
  }

  return plain
}
