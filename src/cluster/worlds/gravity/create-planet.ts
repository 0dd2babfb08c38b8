import { createFileTree } from '../../files/file-tree.ts'
import type { ContainerRuntime } from '../../world/container.ts'
import type { Machine } from '../../world/machine.ts'

/** The runtime of a new Planet: Docker, with an empty store. */
export const planetRuntime = (): ContainerRuntime => ({
  kind: 'docker',
  socket: '/var/run/docker.sock',
  version: '18.9.5',
  unit: 'docker.service',
  images: [],
  sandboxes: [],
  containers: [],
  pulls: {},
  timers: {},
})

/** Where the tools of etcd find their keys. */
const etcdVariables = {
  ETCDCTL_ENDPOINTS: 'https://127.0.0.1:2379',
  ETCDCTL_ENDPOINT: 'https://127.0.0.1:2379',
  ETCDCTL_CACERT: '/var/state/root.cert',
  ETCDCTL_CERT: '/var/state/etcd.cert',
  ETCDCTL_KEY: '/var/state/etcd.key',
  ETCDCTL_CA_FILE: '/var/state/root.cert',
  ETCDCTL_CERT_FILE: '/var/state/etcd.cert',
  ETCDCTL_KEY_FILE: '/var/state/etcd.key',
}

const debian = {
  id: 'debian',
  name: 'Debian GNU/Linux',
  prettyName: 'Debian GNU/Linux 9 (stretch)',
  version: '9 (stretch)',
  versionId: '9',
}

/** An empty Planet on a machine: files, units, journal and processes of its own, all else the machine's. */
export const createPlanet = (host: Machine): Machine => ({
  ...host,
  role: 'worker',
  os: { ...host.os, ...debian },
  files: createFileTree(),
  units: new Map(),
  journal: [],
  processes: [],
  nextPid: 60,
  environment: etcdVariables,
  runtime: planetRuntime(),
  offered: new Set(),
  planet: undefined,
})
