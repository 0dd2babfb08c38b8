import { readText } from '../files/file-tree.ts'
import type { Container } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { flagsInText, flagsOf } from './flags.ts'
import { K3S_DATA } from './k3s/k3s-data.ts'

/** The file of settings that k3s reads beside its command line. */
export const K3S_CONFIG = '/etc/rancher/k3s/config.yaml'

/** Where chronyd reads its servers, by distribution. */
export const CHRONY_CONFIGS = ['/etc/chrony/chrony.conf', '/etc/chrony.conf'] as const

/** Where sshd reads whom it lets in, and on which port. */
export const SSHD_CONFIG = '/etc/ssh/sshd_config'

/** What runs for long and keeps what it reads when it starts: the main process of a unit, or a container. */
export type Daemon = Unit | Container

const ownFiles: Readonly<Record<string, readonly string[]>> = {
  chronyd: CHRONY_CONFIGS,
  containerd: ['/etc/containerd/config.toml'],
  sshd: [SSHD_CONFIG],
  k3s: [
    K3S_CONFIG,
    ...['serving-kube-apiserver.crt', 'client-ca.crt', 'server-ca.crt'].map(
      name => `${K3S_DATA}/server/tls/${name}`,
    ),
  ],
  'k3s-agent': [K3S_CONFIG],
}

const flagsOfProgram = (program: Daemon) =>
  'execStart' in program ? flagsInText(program.execStart) : flagsOf(program.command)

const isOfFile = ([flag, value]: readonly [string, string]): boolean =>
  /(?:^|-)(?:kube)?config$|file$|client-(?:certificate|key)$/.test(flag) && value.startsWith('/')

/** The files that a program reads when it starts: its settings, how it reaches the API server, its keys and certificates. */
export const settingsFiles = (program: Daemon): readonly string[] => [
  ...(ownFiles[program.service] ?? []),
  ...Object.entries(flagsOfProgram(program)).flatMap(flag => (isOfFile(flag) ? [flag[1]] : [])),
]

/** Whether a program runs now. */
export const isAlive = (program: Daemon): boolean =>
  'mainPid' in program ? program.mainPid !== 0 : program.state === 'running'

const keptFiles = (program: Daemon | undefined): Readonly<Record<string, string | undefined>> =>
  program !== undefined && isAlive(program) && program.settings?.startedMs === program.startedMs
    ? (program.settings?.files ?? {})
    : {}

/** What a program works with of a file: as it was at its start while it runs, else as it is now. */
export const settingsText = (
  machine: Machine,
  program: Daemon | undefined,
  path: string,
): string | undefined => {
  const kept = keptFiles(program)
  return path in kept ? kept[path] : readText(machine.files, path)
}

/** What a program works with of a file that it reads again when it changes: as it is now, or as it was at its start once it is gone. */
export const watchedText = (
  machine: Machine,
  program: Daemon | undefined,
  path: string,
): string | undefined => readText(machine.files, path) ?? keptFiles(program)[path]

/** The files of keys and certificates that a kubeconfig names. */
export const filesNamedBy = (kubeconfig: string): readonly string[] =>
  [...kubeconfig.matchAll(/^\s*(?:client-certificate|client-key|certificate-authority): *(\/\S+)$/gm)].map(
    ([, path = '']) => path,
  )

/** The settings that a unit's program works with, where it has a file of them. */
export const settingsOf = (machine: Machine, unitName: string): string | undefined => {
  const unit = machine.units.get(unitName)
  const [path] = unit === undefined ? [] : settingsFiles(unit)
  return path === undefined ? undefined : settingsText(machine, unit, path)
}
