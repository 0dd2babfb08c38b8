import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure, Report } from './figure.ts'
import { holds, presentFigure } from './present-report.ts'
import { root } from './program.ts'

/** Where figures were measured. */
export type Machine = {
  readonly node: string
  readonly processor: string
  readonly cores: number
  readonly load: string | undefined
}

const path = join(root, 'docs/performance.md')
const HEAD = '| figure | limit | measured | |\n| --- | --- | --- | --- |'

const markOf = (name: string) => ({ begin: `<!-- ${name} -->`, end: `<!-- end of ${name} -->` })

const rowOf = (figure: Figure): string => {
  const verdict = { true: 'holds', false: 'does not hold', undefined: '' }[String(holds(figure))]
  const limit =
    figure.limit === undefined ? '' : `${figure.limit}${figure.unit === 'x' ? '' : ` ${figure.unit}`}`
  return `| ${figure.name} | ${limit} | ${presentFigure(figure)} | ${verdict} |`
}

const sectionOf = ({ figures, skipped }: Report, { node, processor, cores, load }: Machine): string => {
  const day = new Date().toISOString().slice(0, 10)
  const where = `${day}, ${cores} cores of ${processor}, Node ${node}, load ${load ?? 'unknown'}.`
  return [
    where,
    '',
    HEAD,
    ...figures.map(rowOf),
    ...skipped.map(reason => `\nNot measured: ${reason}.`),
  ].join('\n')
}

const between = (text: string, name: string, section: string): string => {
  const { begin, end } = markOf(name)
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/performance.md lacks the marks ${begin} and ${end}`)
  return `${text.slice(0, from + begin.length)}\n${section}\n${text.slice(to)}`
}

/** Puts each benchmark's figures between its marks in docs/performance.md; what was not measured stays as it is. */
export const writeFigures = (reports: Readonly<Record<string, Report>>, machine: Machine): void => {
  let text = readFileSync(path, 'utf8')
  for (const [name, report] of Object.entries(reports)) text = between(text, name, sectionOf(report, machine))
  writeFileSync(path, text)
}
