import { writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { gravityNodes } from '../../relations/gravity-probes.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { GravityArguments } from './gravity-arguments.ts'

const collected = [
  'df',
  'dmesg',
  'fdisk',
  'free',
  'iptables-save',
  'lsmod',
  'lsblk',
  'netstat',
  'ps',
  'sysctl',
  'gravity-system.log',
  'gravity-install.log',
  'etcd-cluster-health',
  'planet-status',
  'planet-journal-export.log.gz',
]

/** `gravity report`: writes an archive with what every machine that answers can tell. */
export const gravityReport = (call: Call, { flags }: GravityArguments): Reply => {
  const { world, host, cwd } = call
  const path = resolvePath(cwd, flags.get('file') ?? 'report.tar.gz')
  const nodes = gravityNodes(world, host).filter(({ status }) => status !== 'offline')
  const bytes = 2_400_000 * Math.max(1, nodes.length)
  const refusal = writeRefusal(host, path, bytes)
  if (refusal !== undefined)
    return { stderr: `[ERROR]: open ${path}: ${refusal.text.toLowerCase()}\n`, exit: 255, tookMs: 30_000 }
  const names = nodes.flatMap(({ name }) => collected.map(file => `${name}/${file}`))
  writeText(host.files, path, { text: names.join('\n'), paddingBytes: bytes, mtimeMs: world.nowMs })
  return {
    stdout: nodes.map(({ name, address }) => `Collecting diagnostics from ${name} (${address})\n`).join(''),
    tookMs: 48_000,
  }
}
