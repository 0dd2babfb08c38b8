import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { systemctlWords } from './systemctl-command.ts'

const unitFile = /^\/\S+\.(?:service|socket|mount|automount|target|timer|path|slice|swap)(?:\.d\/\S+\.conf)?$/

const isSetting = (text: string): boolean => /^[A-Z]\w*=/.test(text)

const isComment = ({ text }: TextLine): boolean => /^\s*[#;]/.test(text)

// A backslash at the end goes on in the next line, which comments may interrupt.
const joined = (lines: readonly TextLine[]): readonly TextLine[] => {
  const whole: TextLine[] = []
  for (const line of lines) {
    const before = whole.at(-1)
    const goesOn = before?.text.endsWith('\\') === true
    if (!goesOn || before === undefined) whole.push(line)
    else if (!isComment(line))
      whole[whole.length - 1] = {
        ...before,
        text: `${before.text.slice(0, -1).trimEnd()} ${line.text.trim()}`,
      }
  }
  return whole
}

const settingsIn = (lines: readonly TextLine[], start: string): readonly Located<FactValue>[] => {
  let path = start
  let section = ''
  return joined(lines).flatMap(({ number, text }): readonly Located<FactValue>[] => {
    path = /^# (\/\S+)$/.exec(text)?.[1] ?? path
    section = /^\[(\w+)\]\s*$/.exec(text)?.[1] ?? section
    const [, name, value] = /^([A-Z]\w*)=(.*)$/.exec(text) ?? []
    if (name === undefined || value === undefined) return []
    const place = { path: path === '' ? undefined : path, section: section === '' ? undefined : section }
    return [{ line: number, value: record({ ...place, name, value: value.trim() }) }]
  })
}

const fileIn = (argv: CommandWords): string => argv.find(word => unitFile.test(word)) ?? ''

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const rows = settingsIn(linesOf(stdout), fileIn(argv))
  return rows.length === 0 ? nothing : listFact('unitSettings', rows)
}

/** The settings of unit files and their drop-ins, in order: `systemctl cat`, `cat` of unit files. */
export const systemctlCat: Parser = {
  name: 'systemctl-cat',
  gives: ['unitSettings'],
  recognises: argv => systemctlWords(argv)[0] === 'cat' || (argv[0] === 'cat' && fileIn(argv) !== ''),
  recognisesText: text => {
    const lines = linesOf(text)
    return (
      lines.some(line => /^\[(?:Unit|Service)\]$/.test(line.text)) && lines.some(line => isSetting(line.text))
    )
  },
  parse,
}
