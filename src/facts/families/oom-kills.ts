import { type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue } from '../types.ts'

const killPattern =
  /(Memory cgroup out of memory|Out of memory(?: \([^)]*\))?)?:? ?Kill(?:ed)? process (\d+)(?:, UID \d+,)? \(([^)]*)\)/
const choicePattern = /oom-kill:constraint=(\w+).*?(?:task_memcg=([^,]*),)?task=[^,]*,pid=(\d+)/

type Choice = { readonly constraint: string; readonly cgroup: string | undefined }

const choicesIn = (lines: readonly TextLine[]): ReadonlyMap<string, Choice> =>
  new Map(
    lines.flatMap(({ text }) => {
      const [, constraint, cgroup, pid] = choicePattern.exec(text) ?? []
      return constraint === undefined || pid === undefined ? [] : [[pid, { constraint, cgroup }] as const]
    }),
  )

const scopeOf = (reason: string | undefined, choice: Choice | undefined): string | undefined => {
  if (reason?.startsWith('Memory cgroup') || choice?.constraint === 'CONSTRAINT_MEMCG') return 'cgroup'
  return reason === undefined && choice === undefined ? undefined : 'host'
}

/**
 * The processes that the kernel killed for want of memory, in kernel messages of any form. `scope` tells whether the whole host
 * or one cgroup was short; a kill without its reason (Linux before 4.19 put it on another line) has none.
 */
export const oomKills = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const choices = choicesIn(lines)
  const found = lines.flatMap(({ number, text }) => {
    const [, reason, pid = '', process] = killPattern.exec(text) ?? []
    if (process === undefined) return []
    const choice = choices.get(pid)
    const memory = parseSize(/anon-rss:(\d+)kB/.exec(text)?.[1]?.concat('K') ?? '')
    const scope = scopeOf(reason, choice)
    return [
      {
        pid,
        row: { line: number, value: { process, pid: Number(pid), scope, cgroup: choice?.cgroup, memory } },
      },
    ]
  })
  const byPid = Map.groupBy(found, kill => kill.pid)
  return [...byPid.values()].map(kills => {
    const cells = kills.map(({ row }) => record(row.value))
    return { line: kills[0]?.row.line ?? 0, value: Object.assign({}, ...cells) }
  })
}
