import { hostnameOf } from '../../relations/hostname.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { ContainerRuntime } from '../../world/container.ts'

const GIB = 1024 ** 3

const rootOf = ({ units }: Call['machine'], { unit }: ContainerRuntime): string =>
  /--(?:data-root|graph)[= ](\S+)/.exec(units.get(unit)?.execStart ?? '')?.[1] ?? '/var/lib/docker'

/** `docker info`. */
export const info = ({ machine }: Call, engine: ContainerRuntime): Reply => {
  const running = engine.containers.filter(c => c.state === 'running').length
  const lines = [
    'Client:',
    ' Context:    default',
    ' Debug Mode: false',
    '',
    'Server:',
    ` Containers: ${engine.containers.length}`,
    `  Running: ${running}`,
    '  Paused: 0',
    `  Stopped: ${engine.containers.length - running}`,
    ` Images: ${engine.images.length}`,
    ` Server Version: ${engine.version}`,
    ' Storage Driver: overlay2',
    '  Backing Filesystem: extfs',
    ' Logging Driver: json-file',
    ' Cgroup Driver: systemd',
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
  return { stdout: lines.map(line => `${line}\n`).join('') }
}
