import type { Call } from '../../shell/program.ts'
import { readFileText } from './read-file.ts'

/** One of the texts that a tool was given: of a file, or what came in, which has the name `-`. */
export type Input = { readonly name: string; readonly text: string }

/** The texts of the files that are named, or what came in where none is, and the complaints about those that cannot be read. */
export const readInputs = (
  call: Call,
  names: readonly string[],
  complain: (name: string, reason: string) => string = (name, reason) => `${call.name}: ${name}: ${reason}`,
): { readonly inputs: readonly Input[]; readonly stderr: string; readonly exit: number } => {
  const read = (names.length === 0 ? ['-'] : names).map(name => ({
    name,
    found: name === '-' ? { text: call.stdin } : readFileText(call, name),
  }))
  const wrong = read.flatMap(({ name, found }) =>
    'error' in found ? [`${complain(name, found.error)}\n`] : [],
  )
  return {
    inputs: read.flatMap(({ name, found }) => ('text' in found ? [{ name, text: found.text }] : [])),
    stderr: wrong.join(''),
    exit: wrong.length === 0 ? 0 : 1,
  }
}

/** The lines of a text without their ends; a last one without its end counts too. */
export const linesOf = (text: string, end = '\n'): readonly string[] => {
  const lines = text.split(end)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
