import type { Bash } from 'just-bash/browser'

type Plugin = Parameters<Bash['registerTransformPlugin']>[0]

/** A parsed script, as the interpreter has it. */
export type Script = Parameters<Plugin['transform']>[0]['ast']
export type Statement = Script['statements'][number]
export type Command = Statement['pipelines'][number]['commands'][number]
export type SimpleCommand = Extract<Command, { type: 'SimpleCommand' }>
type Word = SimpleCommand['args'][number]

/** The text of a word that nothing expands; `undefined` for any other. */
export const plainText = (word: Word | null): string | undefined => {
  const texts = (word?.parts ?? []).map(part =>
    part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'Escaped'
      ? part.value
      : part.type === 'DoubleQuoted' && part.parts.every(inner => inner.type === 'Literal')
        ? part.parts.map(inner => (inner.type === 'Literal' ? inner.value : '')).join('')
        : undefined,
  )
  return texts.includes(undefined) ? undefined : texts.join('')
}

/** The words of a command, as far as they stand in the script as they are meant. */
export const wordsOf = (command: Command): readonly (string | undefined)[] =>
  command.type === 'SimpleCommand' && command.name !== null
    ? [plainText(command.name), ...command.args.map(plainText)]
    : []

/** The command of a statement that is nothing but one command in the foreground. */
export const onlyCommand = ({ pipelines, background }: Statement): Command | undefined => {
  const [pipeline, ...others] = pipelines
  if (background || others.length > 0 || pipeline?.negated === true) return undefined
  return pipeline?.commands.length === 1 ? pipeline.commands[0] : undefined
}

/** Whether a statement is one command, and what that says goes where what its shell says goes. */
export const writesToTerminal = (statement: Statement): boolean => {
  const command = onlyCommand({ ...statement, background: false })
  return command?.type === 'SimpleCommand' && command.redirections.length === 0
}
