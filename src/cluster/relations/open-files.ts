import { isBelow } from '../files/paths.ts'
import type { Machine } from '../world/machine.ts'
import type { Process } from './processes.ts'

/** Folders whose files a program keeps open while it runs. */
const keptOpen: Readonly<Record<string, readonly string[]>> = {
  rsyslogd: ['/var/log/syslog', '/var/log/kern.log', '/var/log/auth.log'],
  'systemd-journal': ['/var/log/journal'],
  'systemd-journald': ['/var/log/journal'],
  etcd: ['/var/lib/etcd/member'],
  'salt-minion': ['/opt/rafay/salt/var/log/salt'],
  'kube-apiserver': ['/var/log/kubernetes/audit'],
  'k3s-server': ['/var/lib/rancher/k3s/server/db'],
  containerd: ['/var/lib/containerd'],
  kubelet: ['/var/lib/kubelet/config.yaml'],
}

/** The files that a process holds open: those that its program writes, and those that its command line names. */
export const openFilesOf = (machine: Machine, process: Process): readonly string[] => {
  const folders = keptOpen[process.name] ?? []
  const named =
    process.kind === 'free'
      ? process.command
          .split(/\s+/)
          .filter(word => /^(of=)?\//.test(word))
          .map(word => word.replace(/^of=/, ''))
      : []
  const wanted = [...folders, ...named]
  if (wanted.length === 0) return []
  return [...machine.files]
    .filter(([path, { kind }]) => kind === 'file' && wanted.some(folder => isBelow(path, folder)))
    .map(([path]) => path)
}
