import { atOnce, type InPieces } from '../base/index.ts'
import { failureOf } from './collection-failure.ts'
import { commandWordsOf } from './command/command-words-of.ts'
import { rewritingsOf } from './command/rewriting.ts'
import { combine, complain, inARow, nothing } from './parsed.ts'
import { sideBySide } from './side-by-side.ts'
import { countedFrom } from './text/lines.ts'
import { stripColours } from './text/strip-colours.ts'
import type { CommandWords, DerivedFacts, FactValue, Parsed, Parser, ParserInput } from './types.ts'

/** An output as it was captured. Without a command its kind is told from the text. */
export type CommandOutput = {
  readonly command: string | undefined
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | undefined
}

/** A parser with those of the line's commands that it reads, in order. */
type Reading = { readonly parser: Parser; readonly commands: readonly CommandWords[] }

/** What kind of output a text is, its beginning tells: in UTF-16 units. */
const TELLING_LENGTH = 256 * 1024

function* byText(parsers: readonly Parser[], whole: string): InPieces<readonly Reading[]> {
  const text = whole.slice(0, TELLING_LENGTH)
  for (const parser of parsers) {
    yield
    if (parser.supplements === undefined && parser.recognisesText(text)) return [{ parser, commands: [[]] }]
  }
  return []
}

const byCommand = (parsers: readonly Parser[], candidates: readonly CommandWords[]): readonly Reading[] => {
  const byParser = Map.groupBy(candidates, argv => parsers.find(parser => parser.recognises(argv)))
  return [...byParser].flatMap(([parser, commands]) => (parser === undefined ? [] : [{ parser, commands }]))
}

// Of alternatives (`crictl ps || docker ps`) or of several commands in one text, each parser reads what it knows of the whole.
const fitting = (readings: readonly Reading[], text: string): readonly Reading[] => {
  if (readings.length < 2) return readings
  return readings.filter(({ parser }) => parser.takesAnyText === undefined || parser.recognisesText(text))
}

// A script, a saved file or a program that only passes on what another said is known by what it shows.
function* mainReadings(
  parsers: readonly Parser[],
  { command, stdout }: CommandOutput,
): InPieces<readonly Reading[]> {
  const line = command ?? ''
  const readings = fitting(byCommand(parsers, commandWordsOf(line)), stdout)
  if (readings.length > 0) return readings
  const rewritings = byCommand(parsers, rewritingsOf(line))
  return rewritings.length > 0 ? rewritings : yield* byText(parsers, stdout)
}

function* supplements(parsers: readonly Parser[], { stdout }: CommandOutput): InPieces<readonly Reading[]> {
  const readings: Reading[] = []
  for (const parser of parsers) {
    if (parser.supplements === undefined) continue
    yield
    if (parser.recognisesText(stdout)) readings.push({ parser, commands: [[]] })
  }
  return readings
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

type Texts = Omit<ParserInput, 'argv'>

const read = ({ parser, commands }: Reading, input: Texts): Parsed => {
  const [first = []] = commands
  const outputs = commands.length > 1 ? parser.divide?.(input.stdout, commands) : undefined
  if (outputs === undefined) return parser.parse({ argv: first, ...input })
  return inARow(
    outputs.map((stdout, index) => parser.parse({ ...input, argv: commands[index] ?? first, stdout })),
  )
}

function* readAll(readings: readonly Reading[], input: Texts): InPieces<Parsed> {
  const parts: Parsed[] = []
  for (const reading of readings) {
    yield
    parts.push(read(reading, input))
  }
  return sideBySide(parts)
}

const watchHeader = /^Every \d+(?:[.,]\d+)?s: /gm

/** `watch` shows a command's output anew under the same header: what a copied or recorded screen shows last is the output. */
const newestOfWatch = (text: string): string => {
  const start = [...text.matchAll(watchHeader)].at(-1)?.index
  if (start === undefined) return text
  const end = text.indexOf('\n', start)
  return countedFrom(text, end < 0 ? text.length : end)
}

/**
 * The facts in a command's output, with the line of each. Facts that could not be collected (program missing, not allowed, no
 * answer, a form that is not known) are absent, with a diagnostic saying why. Never throws.
 */
export function* derivingFacts(parsers: readonly Parser[], output: CommandOutput): InPieces<DerivedFacts> {
  const stdout = newestOfWatch(stripColours(output.stdout))
  const stderr = stripColours(output.stderr)
  const clean = { ...output, stdout, stderr }
  const input = { stdout, stderr, exitCode: output.exitCode }
  const readings = yield* mainReadings(parsers, clean)
  const more = yield* readAll(yield* supplements(parsers, clean), input)
  const [first] = readings
  if (first === undefined) return { ...noReading, ...more }
  const argv = first.commands[0] ?? []
  const main = trusted(yield* readAll(readings, input), { argv, ...input }, output.command)
  return { parser: first.parser.name, ...combine([main, more]) }
}

/** The same at once. */
export const deriveFacts = (parsers: readonly Parser[], output: CommandOutput): DerivedFacts =>
  atOnce(derivingFacts(parsers, output))
