import { hostnameOf } from '../../relations/hostname.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { ContainerRuntime } from '../../world/container.ts'
import { dockerContainers } from './docker-pauses.ts'

const GIB = 1024 ** 3

const rootOf = ({ units }: Call['machine'], { unit }: ContainerRuntime): string =>
  /--(?:data-root|graph)[= ](\S+)/.exec(units.get(unit)?.execStart ?? '')?.[1] ?? '/var/lib/docker'

/** The version as Docker itself writes it; Kubernetes leaves zeros in front out. */
export const versionOf = ({ version }: ContainerRuntime): string => version.replace(/\.(\d)\./, '.0$1.')

/** `docker info`. */
export const info = ({ machine }: Call, engine: ContainerRuntime): Reply => {
  const all = dockerContainers(engine)
  const running = all.filter(c => c.state === 'running').length
  const lines = [
    ` Containers: ${all.length}`,
    `  Running: ${running}`,
    '  Paused: 0',
    `  Stopped: ${all.length - running}`,
    ` Images: ${engine.images.length}`,
    ` Server Version: ${versionOf(engine)}`,
    ' Storage Driver: overlay2',
    '  Backing Filesystem: extfs',
    ' Logging Driver: json-file',
    ' Cgroup Driver: cgroupfs',
    ` Kernel Version: ${machine.os.kernel}`,
    ` Operating System: ${machine.os.prettyName}`,
    ' OSType: linux',
    ' Architecture: x86_64',
    ` CPUs: ${machine.cpu.cores}`,
    ` Total Memory: ${(machine.memoryBytes / GIB).toFixed(2)}GiB`,
    ` Name: ${hostnameOf(machine)}`,
    ` Docker Root Dir: ${rootOf(machine, engine)}`,
    ' Live Restore Enabled: false',
  ]
  // Before 19.03 what is the client's and what the server's is not told apart.
  return { stdout: lines.map(line => `${line.slice(1)}\n`).join('') }
}
