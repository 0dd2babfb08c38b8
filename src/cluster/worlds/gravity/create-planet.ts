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

/** An empty Planet on a machine: files, units, journal and processes of its own, all else the machine's. */
export const createPlanet = (host: Machine): Machine => ({
  ...host,
  role: 'worker',
  files: createFileTree(),
  units: new Map(),
  journal: [],
  processes: [],
  nextPid: 60,
  environment: {},
  runtime: planetRuntime(),
  planet: undefined,
})
