import type { Advice, Adviser, Advisers, Saving } from './advice.ts'
import { clusterAdvice } from './cluster-advice.ts'
import { fileAdvice } from './file-advice.ts'
import { listCalls } from './list-calls.ts'
import { networkAdvice } from './network-advice.ts'
import { serviceAdvice } from './service-advice.ts'

const tables: readonly Advisers[] = [networkAdvice, serviceAdvice, fileAdvice, clusterAdvice]
const byName: ReadonlyMap<string, Adviser> = new Map(
  tables.flatMap(table =>
    Object.entries(table).flatMap(([names, adviser]) =>
      names.split(' ').map(name => [name, adviser] as const),
    ),
  ),
)

/**
 * How a command can be undone, and which command should keep before it what it would lose, as far as its tools are known. `file` is the
 * beginning of the names under which things are kept on the machine. Nothing for a line that only reads or whose words are not known.
 */
export const advise = (line: string, file: string): Advice => {
  const given = listCalls(line).flatMap(call => byName.get(call.argv0)?.(call, file) ?? [])
  const undo = given.flatMap(one => (one.undo === undefined ? [] : [one.undo]))
  const savings = given.flatMap(one => (one.saving === undefined ? [] : [one.saving]))
  return {
    ...(undo.length === 0 ? {} : { undo: undo.reverse().join('\n') }),
    ...(savings.length === 0 ? {} : { saving: joinSavings(savings) }),
  }
}

const joinSavings = (savings: readonly Saving[]): Saving => ({
  line:
    savings.length === 1 ? (savings[0]?.line ?? '') : savings.map(({ line }) => `{ ${line}; }`).join(' && '),
  keeps: savings.map(({ keeps }) => keeps).join('; '),
})

const savers: Readonly<Record<string, (words: readonly string[]) => string | undefined>> = {
  'iptables-save': () => 'iptables',
  'ip6tables-save': () => 'iptables',
  nft: words => (words[0] === 'list' ? 'nft' : undefined),
  ipset: words => (words[0] === 'save' ? 'ipset' : undefined),
  ipvsadm: words => (words.some(word => /^(?:-S|--save)/.test(word)) ? 'ipvs' : undefined),
  crontab: words => (words.includes('-l') ? 'crontab' : undefined),
  etcdctl: words => (/\bsnapshot save\b/.test(words.join(' ')) ? 'etcd' : undefined),
  cp: words => `file:${words.filter(word => !word.startsWith('-'))[0] ?? ''}`,
}

/** What a command keeps, as `Saving.keeps` names it; `undefined` for a command that keeps nothing that is known. */
export const keptBy = (line: string): string | undefined =>
  listCalls(line)
    .map(({ argv0, words }) => savers[argv0]?.(words))
    .find(kept => kept !== undefined)
