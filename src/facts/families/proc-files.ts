import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { procMemory } from './proc-memory.ts'
import { procPressure } from './proc-pressure.ts'
import { shows } from './shown-files.ts'

const load = (lines: readonly TextLine[]): Parsed => {
  const pattern = /^(\d+\.\d\d) (\d+\.\d\d) (\d+\.\d\d) \d+\/\d+ \d+$/
  const line = lines.find(({ text }) => pattern.test(text))
  const [, one, five, fifteen] = pattern.exec(line?.text ?? '') ?? []
  if (line === undefined) return nothing
  const value = { one: Number(one), five: Number(five), fifteen: Number(fifteen) }
  return singleFact('load', { line: line.number, value })
}

const uptime = (lines: readonly TextLine[]): Parsed => {
  const line = lines.find(({ text }) => /^\d+\.\d\d \d+\.\d\d$/.test(text))
  return line === undefined
    ? nothing
    : singleFact('uptimeSeconds', { line: line.number, value: Math.floor(Number.parseFloat(line.text)) })
}

const controllers = (lines: readonly TextLine[]): Parsed => {
  const rows: readonly Located<FactValue>[] = lines.flatMap(({ number, text }) => {
    const [, name, hierarchy, cgroups, enabled] =
      /^([a-z]\w*)\s+(\d+)\s+(\d+)\s+([01])$/.exec(text.trim()) ?? []
    if (name === undefined) return []
    const value = { name, hierarchy: Number(hierarchy), cgroups: Number(cgroups), enabled: enabled === '1' }
    return [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('cgroupControllers', rows)
}

// Sixteen counters an interface: eight of what was received, eight of what was sent.
const interfaces = (lines: readonly TextLine[]): Parsed => {
  const rows: readonly Located<FactValue>[] = lines.flatMap(({ number, text }) => {
    const [, name, cells] = /^\s*([^\s:]+):\s*((?:\d+\s*){16})$/.exec(text) ?? []
    const at = (cells ?? '').trim().split(/\s+/).map(Number)
    if (name === undefined) return []
    const value = record({
      name,
      receivedBytes: at[0],
      receivedPackets: at[1],
      receivedErrors: at[2],
      receivedDropped: at[3],
      sentBytes: at[8],
      sentPackets: at[9],
      sentErrors: at[10],
      sentDropped: at[11],
    })
    return [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('interfaces', rows)
}

const cpus = (lines: readonly TextLine[]): Parsed => {
  const processors = lines.filter(({ text }) => /^processor\s*: \d+$/.test(text))
  const [first] = processors
  return first === undefined ? nothing : singleFact('cpus', { line: first.number, value: processors.length })
}

const kernel = (lines: readonly TextLine[]): Parsed => {
  const line = lines.find(({ text }) => /^Linux version \S+ \(/.test(text))
  const [, name, release] = /^(\w+) version (\S+)/.exec(line?.text ?? '') ?? []
  return line === undefined
    ? nothing
    : singleFact('kernel', { line: line.number, value: record({ name, release }) })
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  return combine([
    procMemory(lines),
    load(lines),
    uptime(lines),
    procPressure(lines, argv),
    controllers(lines),
    interfaces(lines),
    cpus(lines),
    kernel(lines),
  ])
}

const files =
  /^\/proc\/(?:meminfo|loadavg|uptime|pressure\/(?:\w+|\*)|cgroups|(?:\w+\/)?net\/dev|cpuinfo|version)$/

const texts = /^MemTotal:\s+\d+ kB$|^#subsys_name\s+hierarchy|^some avg10=|^ *face \|bytes|^processor\s*: 0$/m

/** Files of the kernel: /proc/meminfo, loadavg, uptime, pressure, cgroups, net/dev, cpuinfo, version; shown whole or filtered. */
export const procFiles: Parser = {
  name: 'proc-files',
  gives: [
    'memory',
    'swap',
    'load',
    'uptimeSeconds',
    'pressure',
    'cgroupControllers',
    'interfaces',
    'cpus',
    'kernel',
  ],
  recognises: argv => shows(argv, files),
  recognisesText: text => texts.test(text),
  parse,
}
