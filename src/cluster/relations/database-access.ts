import { makeFolder, readText, writeText } from '../files/file-tree.ts'
import { hashOf } from '../kube/pod.ts'
import { getObject } from '../kube/store.ts'
import type { Container } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { inStep } from './in-step.ts'
import { nodeFolderOf } from './node-folder.ts'
import { runningContainers } from './pods.ts'

type Environment = Readonly<Record<string, string>>

/** Where PostgreSQL keeps, among its data, what it checks passwords against. */
const VERIFIERS = 'pgdata/global/1260'

/** The user that the image of PostgreSQL runs it as. */
const OWNER = '999'

const folders =
  '/base /base/1 /base/16384 /base/4 /base/5 /global /pg_commit_ts /pg_dynshmem /pg_logical /pg_multixact /pg_notify /pg_replslot /pg_serial /pg_snapshots /pg_stat /pg_stat_tmp /pg_subtrans /pg_tblspc /pg_twophase /pg_wal /pg_xact'.split(
    ' ',
  )

/** What initdb makes, with the tables of each database in one file. */
const firstFiles: readonly (readonly [path: string, text: string, bytes: number])[] = [
  ['PG_VERSION', '15\n', 0],
  ['base/1/1259', '', 7_438_336],
  ['base/4/1259', '', 7_438_336],
  ['base/5/1259', '', 7_520_256],
  ['base/16384/1259', '', 8_904_704],
  ['global/pg_control', '', 8_192],
  ['global/1213', '', 565_248],
  ['pg_hba.conf', '', 4_821],
  ['pg_ident.conf', '', 1_636],
  ['pg_wal/000000010000000000000001', '', 16_777_216],
  ['pg_xact/0000', '', 8_192],
  ['postgresql.auto.conf', '', 88],
  ['postgresql.conf', '', 29_525],
]

const verifierOf = (password: string): string =>
  `postgres SCRAM-SHA-256$4096:${hashOf(password, 16)}$${hashOf(`${password}/stored`, 16)}:${hashOf(`${password}/server`, 16)}`

/** The folder of the node in which a database keeps its data; `undefined` where they go with its container. */
const dataFolder = (world: World, { namespace, podName }: Container): string | undefined => {
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name: podName })
  const claimed = pod?.spec?.volumes?.find((volume: KubeValue) => volume.persistentVolumeClaim !== undefined)
  return pod === undefined || claimed === undefined
    ? undefined
    : nodeFolderOf(world, { pod, volume: claimed })
}

/** A database that finds no data begins some, with the password that it was started with; later ones do not change it. */
export const beginData = (world: World, { files }: Machine, container: Container): void => {
  const folder = dataFolder(world, container)
  const password = container.environment.POSTGRES_PASSWORD
  if (folder === undefined || password === undefined) return
  if (readText(files, `${folder}/${VERIFIERS}`) !== undefined) return
  const made = { owner: OWNER, group: OWNER, mtimeMs: world.nowMs }
  for (const part of ['', ...folders]) makeFolder(files, `${folder}/pgdata${part}`, { ...made, mode: 0o700 })
  const write = (path: string, text: string, paddingBytes = 0): void =>
    writeText(files, `${folder}/${path}`, { ...made, text, paddingBytes, mode: 0o600 })
  for (const [path, text, bytes] of firstFiles) write(`pgdata/${path}`, text, bytes)
  write(VERIFIERS, `${verifierOf(password)}\n`)
}

/** What the databases that run check passwords against. */
const verifiers = (world: World): readonly string[] =>
  inStep(world, 'database-verifiers', () =>
    runningContainers(world, 'postgres').map(({ machine, container }) => {
      const folder = dataFolder(world, container)
      const stored = folder === undefined ? undefined : readText(machine.files, `${folder}/${VERIFIERS}`)
      return stored?.trim() ?? verifierOf(container.environment.POSTGRES_PASSWORD ?? '')
    }),
  )

/** Whether a program with this environment has a password for its database that none that runs takes. */
export const isTurnedAway = (world: World, { DATABASE_PASSWORD: password }: Environment): boolean => {
  const known = verifiers(world)
  return password !== undefined && known.length > 0 && !known.includes(verifierOf(password))
}

/** Whether one of the programs that run is turned away by its database. */
export const hasTurnedAway = (world: World): boolean =>
  runningContainers(world, 'app-worker').some(({ container }) => isTurnedAway(world, container.environment))
