import { shownMs } from '../../relations/clock.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { withReasons } from './text-tools.ts'

/** How many values follow an option. */
const valued: Readonly<Record<string, number>> = {
  '--arg': 2,
  '--argjson': 2,
  '--rawfile': 2,
  '--slurpfile': 2,
  '--indent': 1,
}

const filterAt = (args: readonly string[]): number => {
  let at = 0
  while (args[at]?.startsWith('-') === true) at += 1 + (valued[args[at] ?? ''] ?? 0)
  return at
}

/** A text of a filter with each of its words changed; what stands in a string counts only where the string has a filter within. */
const withWords = (filter: string, change: (word: string) => string): string =>
  filter.replace(/"(?:\\[\s\S]|[^"\\])*"|(?<![\w.$])@?[a-z_]\w*(?!\s*:|\w)/g, token =>
    token.startsWith('"')
      ? token.replace(/\\\((?:[^()]|\([^()]*\))*\)/g, within => withWords(within, change))
      : change(token),
  )

/** What the shell's own jq lacks or answers wrongly, in what it has: under other names, for its own cannot be defined anew. */
const missing: Readonly<Record<string, string>> = {
  '@csv': String.raw`def __csv: map(if type=="string" then "\"" + gsub("\"";"\"\"") + "\"" elif . == null then "" else tostring end)|join(",");`,
  '@sh': String.raw`def __shq: if type=="string" then "'" + gsub("'";"'\\''") + "'" else tostring end; def __sh: if type=="array" then map(__shq)|join(" ") else __shq end;`,
  to_entries:
    'def __to_entries: if type=="array" then [range(0;length) as $i|{key:$i,value:.[$i]}] else to_entries end;',
}
const inputWord = /(?<![\w.$@])inputs?(?![\w:])/

/** With -n, a filter that reads its inputs itself: all of them are read at first, and it takes them from there. */
const readingInputs = (args: readonly string[], at: number): readonly string[] => {
  const filter = args[at] ?? ''
  const isBare = args.some(arg => /^(-\w*n\w*|--null-input)$/.test(arg))
  if (!isBare || !inputWord.test(filter.replace(/"(?:\\.|[^"\\])*"/g, ''))) return args
  let taken = 0
  const text = withWords(filter, word => {
    if (word === 'input') return `$__all[${taken++}]`
    return word === 'inputs'
      ? `($__all[${taken === 0 ? '' : `${taken}:`}]${taken === 0 ? '' : '|.[]'})`
      : word
  })
  const others = args.map(arg => (arg === '--null-input' ? '-s' : arg.replace(/^-(\w*)n(\w*)$/, '-s$1$2')))
  return others.with(at, `. as $__all | null | ${text}`)
}

/** `INDEX(f)` is short for `INDEX(.[]; f)`. */
const withIndex = (filter: string): string =>
  filter.replace(/\bINDEX\(((?:[^();]|\([^()]*\))*)\)/g, 'INDEX(.[]; $1)')

const otherNames: Readonly<Record<string, string>> = { fromdateiso8601: 'fromdate', todateiso8601: 'todate' }

const spelled = (filter: string, now: string): string => {
  const preludes = new Set<string>()
  const text = withWords(filter, word => {
    if (word === 'now') return now
    const prelude = Object.hasOwn(missing, word) ? missing[word] : undefined
    if (prelude === undefined) return Object.hasOwn(otherNames, word) ? (otherNames[word] ?? word) : word
    preludes.add(prelude)
    return `__${word.replace('@', '')}`
  })
  return [...preludes, text].join(' ')
}

/** The complaints that are about the data and not the filter. */
const aboutData = /^jq: parse error: (?=Cannot |.* (?:cannot be|is not|number required))/gm

/** jq(1): the shell's own, whose clock is not the machine's, and with what it lacks. */
export const jq: Program = {
  names: ['jq'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const { passage, machine, world } = call
    const now = String(shownMs(machine, world.nowMs) / 1000)
    const at = filterAt(call.args)
    const args = readingInputs(call.args, at)
    const reply = await passage.original(
      args.map((arg, index) => (index === at ? spelled(withIndex(arg), now) : arg)),
    )
    const file = args.slice(at + 1).find(arg => !arg.startsWith('-')) ?? '<stdin>'
    const stderr = (reply.stderr ?? '').replace(aboutData, `jq: error (at ${file}:1): `)
    return {
      ...reply,
      stderr: withReasons(call, stderr).replace(
        /^jq: (\S+): (?=No such|Is a dir|Permission)/gm,
        'jq: error: Could not open file $1: ',
      ),
    }
  },
}
