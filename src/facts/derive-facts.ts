import { failureOf } from './collection-failure.ts'
import { commandWordsOf } from './command/command-words-of.ts'
import { combine, complain, nothing } from './parsed.ts'
import { stripColours } from './text/strip-colours.ts'
import type { CommandWords, DerivedFacts, FactValue, Parsed, Parser, ParserInput } from './types.ts'

/** An output as it was captured. Without a command its kind is told from the text. */
export type CommandOutput = {
  readonly command: string | undefined
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | undefined
}

type Reading = { readonly parser: Parser; readonly argv: CommandWords }

const showsFiles = ['cat', 'tail', 'head', 'less', 'more', 'grep', 'egrep', 'zcat', 'zgrep']

const byText = (parsers: readonly Parser[], text: string): readonly Reading[] =>
  parsers
    .filter(parser => parser.recognisesText(text))
    .slice(0, 1)
    .map(parser => ({ parser, argv: [] }))

const byCommand = (parsers: readonly Parser[], candidates: readonly CommandWords[]): readonly Reading[] =>
  candidates.flatMap(argv => {
    const parser = parsers.find(candidate => candidate.recognises(argv))
    return parser === undefined ? [] : [{ parser, argv }]
  })

// Of alternatives (`crictl ps || docker ps`) or of several commands in one text, those count whose output stands there.
const fitting = (readings: readonly Reading[], text: string): readonly Reading[] => {
  if (readings.length < 2) return readings
  const distinct = readings.filter(
    (reading, index) => readings.findIndex(r => r.parser === reading.parser) === index,
  )
  const seen = distinct.filter(({ parser }) => parser.recognisesText(text))
  return seen.length > 0 ? seen : distinct.slice(0, 1)
}

const readingsOf = (parsers: readonly Parser[], { command, stdout }: CommandOutput): readonly Reading[] => {
  if (command === undefined || command.trim() === '') return byText(parsers, stdout)
  const candidates = commandWordsOf(command)
  const readings = byCommand(parsers, candidates)
  if (readings.length > 0) return fitting(readings, stdout)
  return candidates.some(argv => showsFiles.includes(argv[0] ?? '')) ? byText(parsers, stdout) : []
}

const isEmptyList = (value: FactValue): boolean => Array.isArray(value) && value.length === 0

const withoutEmptyLists = (parsed: Parsed): Parsed => ({
  ...parsed,
  facts: Object.fromEntries(Object.entries(parsed.facts).filter(([, value]) => !isEmptyList(value))),
})

const hidesErrors = (command: string | undefined): boolean => /(?:2|&)>\s*\/dev\/null/.test(command ?? '')

// An empty list is a statement ("there is none"); it may only be made when the command was able to look.
const trusted = (parsed: Parsed, input: ParserInput, command: string | undefined): Parsed => {
  if (Object.values(parsed.facts).some(value => !isEmptyList(value))) return parsed
  const failure = failureOf(input)
  if (failure !== undefined)
    return combine([withoutEmptyLists(parsed), complain(failure.code, failure.message)])
  const hidden = hidesErrors(command) && input.exitCode !== 0
  const kept = hidden ? withoutEmptyLists(parsed) : parsed
  if (Object.keys(kept.facts).length > 0 || kept.diagnostics.length > 0) return kept
  return complain('E_FACTS_NOT_UNDERSTOOD', 'This output is not in a form that is known')
}

const noReading: DerivedFacts = { parser: undefined, ...nothing }

/**
 * The facts in a command's output, with the line of each. Facts that could not be collected (program missing, not allowed, no
 * answer, a form that is not known) are absent, with a diagnostic saying why. Never throws.
 */
export const deriveFacts = (parsers: readonly Parser[], output: CommandOutput): DerivedFacts => {
  const texts = { stdout: stripColours(output.stdout), stderr: stripColours(output.stderr) }
  const readings = readingsOf(parsers, { ...output, ...texts })
  const [first] = readings
  if (first === undefined) return noReading
  const parsed = readings.map(({ parser, argv }) =>
    parser.parse({ argv, ...texts, exitCode: output.exitCode }),
  )
  const input = { argv: first.argv, ...texts, exitCode: output.exitCode }
  return { parser: first.parser.name, ...trusted(combine(parsed), input, output.command) }
}
