import { isBelow } from '../files/paths.ts'
import type { Machine } from '../world/machine.ts'
import { flagsInText } from './flags.ts'
import { pathOnHost } from './planet-folders.ts'
import type { Process } from './process.ts'

/** Folders whose files a program keeps open while it runs. */
const keptOpen: Readonly<Record<string, readonly string[]>> = {
  rsyslogd: ['/var/log/syslog', '/var/log/kern.log', '/var/log/auth.log'],
  'systemd-journal': ['/var/log/journal'],
  'systemd-journald': ['/var/log/journal'],
  'salt-minion': ['/opt/rafay/salt/var/log/salt'],
  'kube-apiserver': ['/var/log/kubernetes/audit'],
  'k3s-server': ['/var/lib/rancher/k3s/server/db'],
  containerd: ['/var/lib/containerd'],
  kubelet: ['/var/lib/kubelet/config.yaml'],
}

/** Programs that keep files open below the folder that one of their flags names. */
const keptByFlag: Readonly<Record<string, { readonly flag: string; readonly below: readonly string[] }>> = {
  etcd: { flag: 'data-dir', below: ['member/snap/db', 'member/wal'] },
}

const flaggedFolders = ({ name, command }: Process): readonly string[] => {
  const { flag = '', below = [] } = keptByFlag[name] ?? {}
  const folder = flagsInText(command)[flag]
  return folder === undefined ? [] : below.map(part => `${folder}/${part}`)
}

/** The files that a command line names, by themselves or as what an option is set to. */
export const filesNamedIn = (command: string): readonly string[] =>
  command
    .split(/\s+/)
    .slice(1)
    .flatMap(word => /^(?:[\w-]+=)?(\/.*)/.exec(word)?.[1] ?? [])

/** The files that a process holds open: those that its program writes, and those that its command line names. */
export const openFilesOf = (machine: Machine, process: Process): readonly string[] => {
  const wanted = [
    ...(keptOpen[process.name] ?? []),
    ...flaggedFolders(process).map(folder => (machine.planet === undefined ? folder : pathOnHost(folder))),
    ...(process.kind === 'free' ? filesNamedIn(process.command) : []),
  ]
  if (wanted.length === 0) return []
  return [...machine.files]
    .filter(([path, { kind }]) => kind === 'file' && wanted.some(folder => isBelow(path, folder)))
    .map(([path]) => path)
}
