import { controlGroupOf, isInGroup } from '../../relations/control-group.ts'
import type { Process } from '../../relations/processes.ts'

type Group = { readonly members: Process[]; readonly groups: Map<string, Group> }

const emptyGroup = (): Group => ({ members: [], groups: new Map() })

const quoted = (command: string): string => (/^\S+: /.test(command) ? `"${command}"` : command)

/** Processes of one control group as the branches of a tree, their numbers right-aligned. */
export const memberTexts = (members: readonly Pick<Process, 'pid' | 'command'>[]): readonly string[] => {
  const width = Math.max(...members.map(({ pid }) => String(pid).length))
  return members.map(({ pid, command }) => `${String(pid).padStart(width)} ${quoted(command)}`)
}

const branch = ({ members, groups }: Group): readonly string[] => {
  const inner = [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
  const texts = memberTexts(members)
  return [
    ...texts.map((text, at) => `${at === texts.length - 1 && inner.length === 0 ? '└' : '├'}─${text}`),
    ...inner.flatMap(([name, group], at) => {
      const isLast = at === inner.length - 1
      return [`${isLast ? '└' : '├'}─${name}`, ...branch(group).map(line => `${isLast ? '  ' : '│ '}${line}`)]
    }),
  ]
}

/** The control groups below a path with their processes, as systemd-cgls(1) draws them. */
export const groupTree = (processes: readonly Process[], path = '/'): readonly string[] => {
  const root = emptyGroup()
  for (const process of processes) {
    const group = controlGroupOf(process)
    if (process.kind === 'kernel' || !isInGroup(process, path)) continue
    let at = root
    for (const name of group
      .slice(path.length)
      .split('/')
      .filter(part => part !== '')) {
      const next = at.groups.get(name) ?? emptyGroup()
      at.groups.set(name, next)
      at = next
    }
    at.members.push(process)
  }
  return branch(root)
}
