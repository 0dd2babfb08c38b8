import { hasShort } from '../command/options.ts'
import { type Cells, type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { answerLines } from './answer-lines.ts'
import { type LimitName, limitNames } from './limit-names.ts'

const units: Readonly<Record<string, number>> = { kbytes: 1024, blocks: 1024, '512 bytes': 512 }

type Value = { readonly amount: number | undefined; readonly unlimited: boolean }

const amountOf = (text: string | undefined, unit = ''): Value | undefined => {
  if (text === 'unlimited') return { amount: undefined, unlimited: true }
  if (text === undefined || !/^-?\d+$/.test(text)) return undefined
  return { amount: Number(text) * (units[unit] ?? 1), unlimited: false }
}

const side = (name: 'soft' | 'hard', value: Value | undefined): Cells => {
  if (value === undefined) return {}
  return value.unlimited ? { [`${name}Unlimited`]: true } : { [name]: value.amount }
}

const limitFact = ({ option, name }: LimitName, cells: Cells): FactValue => record({ name, option, ...cells })

const isHard = (argv: CommandWords): boolean => hasShort(argv, 'H')

// bash: `open files                          (-n) 1024`, `stack size              (kbytes, -s) 8192`
const shellPattern = /^\S[^(]*\((?:([\w ]+), )?-([A-Za-z])\)\s+(\S+)$/
const dashPattern = /^([a-z]+(?: [a-z]+)*)(?:\((\w+)\))? +(unlimited|\d+)$/
const procPattern = /^(Max [a-z]\S*(?: \S+)*?)\s{2,}(\S+)\s+(\S+)(?:\s+\S+)?$/

const fromShell = (text: string, argv: CommandWords): FactValue | undefined => {
  const [, unit, option, printed] = shellPattern.exec(text) ?? []
  const limit = limitNames.find(({ option: letter }) => letter === option)
  const value = amountOf(printed, unit)
  return limit === undefined || value === undefined
    ? undefined
    : limitFact(limit, side(isHard(argv) ? 'hard' : 'soft', value))
}

const fromDash = (text: string, argv: CommandWords): FactValue | undefined => {
  const [, name, unit, printed] = dashPattern.exec(text) ?? []
  const limit = name === undefined ? undefined : limitNames.find(({ dash }) => dash === name)
  return limit === undefined
    ? undefined
    : limitFact(limit, side(isHard(argv) ? 'hard' : 'soft', amountOf(printed, unit)))
}

const fromProc = (text: string): FactValue | undefined => {
  const [, name, soft, hard] = procPattern.exec(text) ?? []
  const limit = name === undefined ? undefined : limitNames.find(({ proc }) => proc === name)
  if (limit === undefined) return undefined
  return limitFact(limit, { ...side('soft', amountOf(soft)), ...side('hard', amountOf(hard)) })
}

// `ulimit -n` prints the number alone.
const alone = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  const letter = argv.slice(1).join('').replace(/[-HS]/g, '')
  const limit = limitNames.find(({ option }) => option === letter)
  const line = lines.find(({ text }) => /^(?:unlimited|\d+)$/.test(text.trim()))
  if (limit === undefined || line === undefined) return []
  const inKilobytes = ['c', 'd', 'f', 'l', 'm', 's', 'v'].includes(letter)
  const value = amountOf(line.text.trim(), inKilobytes ? 'kbytes' : '')
  return [{ line: line.number, value: limitFact(limit, side(isHard(argv) ? 'hard' : 'soft', value)) }]
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const rows = lines.flatMap(({ number, text }): readonly Located<FactValue>[] => {
    const trimmed = text.trimEnd()
    const value = fromShell(trimmed, argv) ?? fromProc(trimmed) ?? fromDash(trimmed, argv)
    return value === undefined ? [] : [{ line: number, value }]
  })
  const found = rows.length > 0 ? rows : alone(answerLines(stdout, argv), argv)
  return found.length === 0 ? nothing : listFact('limits', found)
}

/** Resource limits: `ulimit -a`, -Ha, -n and the like of bash and dash; `cat /proc/PID/limits`. */
export const ulimit: Parser = {
  name: 'ulimit',
  gives: ['limits'],
  recognises: argv => argv[0] === 'ulimit' || argv.some(word => /^\/proc\/\w+\/limits$/.test(word)),
  recognisesText: text =>
    /^open files\s+\(-n\) /m.test(text) || /^Max open files\s+\d+\s+\d+\s+files/m.test(text),
  parse,
}
