import { UserError } from '../user-error.ts'

/** Which inputs were named, whether standard input is a terminal, and an example of a pipe to give as a way out. */
export type InputQuestion = {
  readonly operands: readonly string[]
  readonly isTerminal: boolean
  readonly example: string
}

/** Throws a UserError where the program would wait for a person to type an output. */
export const requireInput = ({ operands, isTerminal, example }: InputQuestion): void => {
  const readsTyping = isTerminal && (operands.length === 0 || operands.includes('-'))
  if (!readsTyping) return
  throw new UserError({
    code: 'E_CLI_USAGE',
    message: 'Nothing was given to read: standard input is the terminal.',
    hint: `Name a file, or pipe an output in: ${example}`,
  })
}
