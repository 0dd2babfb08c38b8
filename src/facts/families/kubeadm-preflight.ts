import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

// `[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: … contents are not set to 1`
const pattern = /\[(ERROR|WARNING) ([\w-]+)\]: (.*)$/

const parse = ({ stdout, stderr }: ParserInput): Parsed => {
  const read = (text: string, located: (line: number) => number): readonly Located<FactValue>[] =>
    linesOf(text).flatMap(line => {
      const [, level = '', check = '', message = ''] = pattern.exec(line.text) ?? []
      if (check === '') return []
      return [{ line: located(line.number), value: { level: level.toLowerCase(), check, message } }]
    })
  const rows = [...read(stdout, line => line), ...read(stderr, () => 0)]
  return rows.length === 0 ? nothing : listFact('preflightChecks', rows)
}

/** Checks that kubeadm makes before it acts, those that failed or warn: `kubeadm init`, `join`, `upgrade`, with their phases. */
export const kubeadmPreflight: Parser = {
  name: 'kubeadm-preflight',
  gives: ['preflightChecks'],
  recognises: argv => argv[0] === 'kubeadm' && ['init', 'join', 'upgrade'].includes(argv[1] ?? ''),
  recognisesText: text => /^[ \t]*\[(?:ERROR|WARNING) [\w-]+\]: /m.test(text),
  parse,
}
