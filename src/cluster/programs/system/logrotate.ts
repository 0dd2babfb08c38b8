import { setNode, writeText } from '../../files/file-tree.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { Machine } from '../../world/machine.ts'

const globOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`)

/** The log files that the configuration below /etc/logrotate.d names. */
const namedLogs = (machine: Machine, paths: readonly string[]): readonly string[] => {
  const texts =
    paths.length === 0 || paths.includes('/etc/logrotate.conf')
      ? [...machine.files]
          .filter(([path]) => path.startsWith('/etc/logrotate.d/'))
          .map(([, node]) => node.text)
      : paths.map(path => machine.files.get(path)?.text ?? '')
  const patterns = texts.flatMap(text =>
    [...text.matchAll(/^\s*"?(\/[^\s{"]+)"?/gm)].map(found => globOf(found[1] ?? '')),
  )
  return [...machine.files]
    .filter(([path, node]) => node.kind === 'file' && patterns.some(pattern => pattern.test(path)))
    .map(([path]) => path)
}

/** logrotate(8): with -f each log that is set up goes to `.1` and begins anew. */
export const logrotate: Program = {
  names: ['logrotate'],
  isInstalled: onMachines,
  run: ({ machine, args, user, world }): Reply => {
    const words = args.filter(arg => arg.startsWith('/'))
    if (words.length === 0)
      return {
        stderr:
          'logrotate 3.19.0 - Copyright (C) 1995-2001 Red Hat, Inc.\nThis may be freely redistributed under the terms of the GNU General Public License\n',
        exit: 1,
      }
    const missing = words.find(path => !machine.files.has(path))
    if (missing !== undefined)
      return { stderr: `error: cannot stat ${missing}: No such file or directory\n`, exit: 1 }
    if (user !== 'root')
      return {
        stderr: 'error: error opening state file /var/lib/logrotate/status: Permission denied\n',
        exit: 1,
      }
    const isForced = args.some(arg => /^-\w*f|^--force/.test(arg))
    const isDry = args.some(arg => /^-\w*d|^--debug/.test(arg))
    const told: string[] = []
    for (const path of namedLogs(machine, words)) {
      const node = machine.files.get(path)
      if (node === undefined || !isForced) continue
      told.push(`rotating log ${path}, log->rotateCount is 4`)
      if (isDry) continue
      setNode(machine.files, `${path}.1`, { ...node, paddingBytes: Math.round(sizeOf(node) / 10), text: '' })
      writeText(machine.files, path, { text: '', paddingBytes: 0, mtimeMs: world.nowMs })
    }
    return { stderr: args.some(arg => /^-\w*v/.test(arg)) || isDry ? asText(told) : '', tookMs: 500 }
  },
}
