import { makeFolder, writeText } from '../../files/file-tree.ts'
import { binaryText } from '../../gravity/binary.ts'
import { installedVersion, releaseOf, upgradeVersion } from '../../gravity/versions.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

const BINARY_BYTES = 92_000_000

/** The line of a log of operations: `Wed May  8 21:37:37 UTC [INFO] [node-1] …`. */
export const operationLogLine = (atMs: number, text: string): string => `${operationTime(atMs)} ${text}`

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Wed May  8 21:37:37 UTC`. */
export const operationTime = (atMs: number): string => {
  const at = new Date(atMs)
  const day = String(at.getUTCDate()).padStart(2)
  return `${days[at.getUTCDay()]} ${months[at.getUTCMonth()]} ${day} ${at.toISOString().slice(11, 19)} UTC`
}

const installSteps = (name: string): readonly string[] => {
  const { planet, teleport } = releaseOf(installedVersion)
  return [
    'Starting enterprise installer',
    'Preparing for installation...',
    'Installing application telekube:6.0.0',
    'Starting non-interactive install',
    `Successfully added "node" node on ${name}`,
    'All agents have connected!',
    'Starting the installation',
    'Operation has been created',
    'Execute preflight checks',
    'Configure packages for all nodes',
    `Bootstrap master node ${name}`,
    `Pull packages on master node ${name}`,
    `Install system package teleport:${teleport} on master node ${name}`,
    `Install system package planet:${planet} on master node ${name}`,
    'Wait for Kubernetes to become available',
    'Bootstrap Kubernetes roles and PSPs',
    'Configure CoreDNS',
    'Install system application dns-app',
    'Install system application logging-app',
    'Install system application monitoring-app',
    'Install system application tiller-app',
    'Install system application site',
    'Install system application kubernetes',
    'Install application telekube',
    'Enable cluster leader elections',
    'Operation has completed',
    'Installation succeeded in 6m3.218046311s',
  ]
}

const systemLog = (name: string, createdMs: number): string =>
  installSteps(name)
    .map((text, index) => {
      const at = new Date(createdMs + index * 14_000).toISOString()
      return `${at} INFO [INSTALLER] ${text}. install/engine.go:${100 + index}\n`
    })
    .join('')

const folders = [
  '/var/lib/gravity/local/packages/blobs',
  '/var/lib/gravity/local/packages/unpacked/gravitational.io',
  '/var/lib/gravity/planet/etcd',
  '/var/lib/gravity/planet/docker',
  '/var/lib/gravity/planet/registry',
  '/var/lib/gravity/planet/share',
  '/var/lib/gravity/planet/state',
  '/var/lib/gravity/planet/log',
  '/var/lib/gravity/site',
  '/var/lib/gravity/secrets',
  '/var/lib/gravity/teleport',
]

/** Where the program of a version of Planet's unit lies. */
export const planetRoot = (planetVersion: string): string =>
  `/var/lib/gravity/local/packages/unpacked/gravitational.io/planet/${planetVersion}/rootfs`

/** Writes what an installation leaves on a host: the state folder, the logs of its operations. */
export const writeStateFolder = (machine: Machine, createdMs: number): void => {
  const mtimeMs = createdMs
  for (const folder of folders) makeFolder(machine.files, folder, { mtimeMs })
  writeText(machine.files, '/var/lib/gravity/local/gravity.db', {
    text: '',
    paddingBytes: 4_194_304,
    mode: 0o600,
    mtimeMs,
  })
  writeText(machine.files, '/etc/.gravity', { text: '/var/lib/gravity\n', mtimeMs })
  const steps = installSteps(machine.name)
  writeText(machine.files, '/var/log/gravity-install.log', {
    text: steps
      .map((text, index) => `${operationLogLine(createdMs + index * 14_000, `[INFO] ${text}`)}\n`)
      .join(''),
    mode: 0o644,
    mtimeMs,
  })
  writeText(machine.files, '/var/log/gravity-system.log', {
    text: systemLog(machine.name, createdMs),
    mode: 0o644,
    mtimeMs,
  })
}

/** Writes the unpacked installers into the home of root: the installed release and the one to upgrade to. */
export const writeInstallers = (world: World, machine: Machine): void => {
  const mtimeMs = machine.bootedMs
  const program = (path: string, text: string): void =>
    writeText(machine.files, path, { text, mode: 0o755, paddingBytes: BINARY_BYTES, mtimeMs })
  for (const [folder, version] of [
    ['/root/installer', installedVersion],
    ['/root/upgrade', upgradeVersion],
  ] as const) {
    program(`${folder}/gravity`, binaryText(version))
    writeText(machine.files, `${folder}/app.yaml`, {
      text: `apiVersion: cluster.gravitational.io/v2\nkind: Cluster\nmetadata:\n  name: ${world.platforms.gravity?.appName ?? 'telekube'}\n  resourceVersion: "${version}"\n`,
      mtimeMs,
    })
    writeText(machine.files, `${folder}/README`, {
      text: 'To install run ./install, to upgrade run ./upgrade.\n',
      mtimeMs,
    })
    writeText(machine.files, `${folder}/upgrade`, {
      text: '#!/bin/bash\n$(dirname $0)/gravity upgrade "$@"\n',
      mode: 0o755,
      mtimeMs,
    })
    writeText(machine.files, `${folder}/install`, {
      text: '#!/bin/bash\n$(dirname $0)/gravity install "$@"\n',
      mode: 0o755,
      mtimeMs,
    })
  }
}
