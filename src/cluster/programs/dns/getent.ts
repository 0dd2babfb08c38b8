import { readText } from '../../files/file-tree.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import { everywhere, type Program } from '../../shell/program.ts'

const NOT_FOUND = 2

/** getent(1) for hosts, passwd and group. */
export const getent: Program = {
  names: ['getent'],
  isInstalled: everywhere,
  run: ({ world, machine, args }) => {
    const [database = '', key] = args
    if (database === 'hosts' || database === 'ahosts' || database === 'ahostsv4') {
      if (key === undefined) return { stdout: readText(machine.files, '/etc/hosts') ?? '' }
      const resolved = resolveName(world, machine, key)
      if (resolved.kind !== 'found') return { exit: NOT_FOUND, tookMs: resolved.tookMs }
      return { stdout: `${resolved.address.padEnd(15)} ${resolved.name}\n`, tookMs: resolved.tookMs }
    }
    const lines = (readText(machine.files, `/etc/${database}`) ?? '').split('\n').filter(line => line !== '')
    const found = key === undefined ? lines : lines.filter(line => line.startsWith(`${key}:`))
    return { stdout: found.map(line => `${line}\n`).join(''), exit: found.length === 0 ? NOT_FOUND : 0 }
  },
}
