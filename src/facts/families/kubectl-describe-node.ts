import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const conditionPattern =
  /^\s+(MemoryPressure|DiskPressure|PIDPressure|NetworkUnavailable|Ready)\s+(True|False|Unknown)\s+.*?\d{2}:\d{2} \+?-?\d{4}\s+(?:\w{3}, .*? [+-]\d{4}\s+)?(\S+)\s+(.*)$/

const taintPattern = /^(?:Taints:)?\s+([\w./-]+(?:=[^:\s]*)?):(NoSchedule|NoExecute|PreferNoSchedule)\s*$/

type Node = { readonly line: number; readonly lines: readonly TextLine[] }

const nodesIn = (lines: readonly TextLine[]): readonly Node[] => {
  const starts = lines.flatMap((line, index) => (/^Name:\s+\S/.test(line.text) ? [index] : []))
  return starts.map((start, index) => ({
    line: lines[start]?.number ?? 0,
    lines: lines.slice(start, starts[index + 1]),
  }))
}

const conditionsOf = (lines: readonly TextLine[]): readonly FactValue[] =>
  lines.flatMap(({ text }) => {
    const match = conditionPattern.exec(text)
    if (match === null) return []
    const [, kind = '', status = '', reason = '', message = ''] = match
    return [{ kind, status, reason, message: message.trim() }]
  })

const taintsOf = (lines: readonly TextLine[]): readonly FactValue[] => {
  const from = lines.findIndex(line => line.text.startsWith('Taints:'))
  const to = lines.findIndex(line => line.text.startsWith('Unschedulable:'))
  return lines.slice(Math.max(0, from), Math.max(0, to)).flatMap(({ text }) => {
    const match = taintPattern.exec(text)
    const [key = '', value] = (match?.[1] ?? '').split('=')
    return match === null ? [] : [record({ key, value, effect: match[2] })]
  })
}

const rowOf = ({ line, lines }: Node): Located<FactValue> => {
  const conditions = conditionsOf(lines)
  const ready = conditions.find(condition => (condition as { readonly kind: string }).kind === 'Ready')
  const field = (name: string): string | undefined =>
    lines
      .map(({ text }) => new RegExp(`^\\s*${name}:\\s+(\\S+)`).exec(text)?.[1])
      .find(value => value !== undefined)
  const value = record({
    name: field('Name'),
    ready: ready === undefined ? undefined : (ready as { readonly status: string }).status === 'True',
    schedulable: field('Unschedulable') === 'false',
    internalIP: field('InternalIP'),
    version: field('Kubelet Version'),
    runtime: field('Container Runtime Version'),
    conditions,
    taints: taintsOf(lines),
  })
  return { line, value }
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows = nodesIn(linesOf(stdout)).map(rowOf)
  return rows.length === 0 ? nothing : listFact('nodes', rows)
}

const isNodeWord = (word: string | undefined): boolean => /^(?:no|nodes?)(?:\/|$)/.test(word ?? '')

/** Nodes in full: `kubectl describe node`, with conditions and taints. */
export const kubectlDescribeNode: Parser = {
  name: 'kubectl-describe-node',
  gives: ['nodes'],
  recognises: argv => {
    const [verb, kind] = operandsOf(argv, ['-n', '--namespace', '--kubeconfig', '--context'])
    return (argv[0] === 'kubectl' || argv[0] === 'oc') && verb === 'describe' && isNodeWord(kind)
  },
  recognisesText: text => /^Unschedulable:\s+(?:true|false)/m.test(text) && /^Conditions:/m.test(text),
  parse,
}
