import { existsSync, readFileSync } from 'node:fs'
import type { DerivedFacts } from '../../src/facts/index.ts'
import { type CommandOutput, deriveFacts, parsers } from '../../src/facts/index.ts'

const root = new URL('../fixtures/facts/', import.meta.url)

const textOf = (path: string): string => {
  const url = new URL(path, root)
  return existsSync(url) ? readFileSync(url, 'utf8') : ''
}

/**
 * An output recorded in `fixtures/facts/LEAF/`: `NAME.txt` is its standard output, `NAME.stderr` its standard error, and the row
 * of NAME in `INDEX.tsv` holds exit code and command.
 */
export const recordedOutput = (leaf: string, name: string): CommandOutput => {
  const row = textOf(`${leaf}/INDEX.tsv`)
    .split('\n')
    .map(line => line.split('\t'))
    .find(([first]) => first === name)
  if (row === undefined) throw new Error(`${leaf}/INDEX.tsv has no row for ${name}`)
  const [, exitCode, command] = row
  return {
    command,
    stdout: textOf(`${leaf}/${name}.txt`),
    stderr: textOf(`${leaf}/${name}.stderr`),
    exitCode: Number(exitCode),
  }
}

/** The facts of a recorded output, read by whichever parser recognises its command. */
export const factsOfRecorded = (leaf: string, name: string): DerivedFacts =>
  deriveFacts(parsers, recordedOutput(leaf, name))

/** The facts of an output written out in a test. */
export const factsOf = (command: string, stdout: string, rest?: Partial<CommandOutput>): DerivedFacts =>
  deriveFacts(parsers, { command, stdout, stderr: '', exitCode: 0, ...rest })
