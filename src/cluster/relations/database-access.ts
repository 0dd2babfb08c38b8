import { readText, writeText } from '../files/file-tree.ts'
import { hashOf } from '../kube/pod.ts'
import { getObject } from '../kube/store.ts'
import type { Container } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { inStep } from './in-step.ts'
import { runningContainers } from './pods.ts'

type Environment = Readonly<Record<string, string>>

/** Where PostgreSQL keeps, among its data, what it checks passwords against. */
const VERIFIERS = 'pgdata/global/1260'

const verifierOf = (password: string): string =>
  `postgres SCRAM-SHA-256$4096:${hashOf(password, 16)}$${hashOf(`${password}/stored`, 16)}:${hashOf(`${password}/server`, 16)}`

/** The folder of the node in which a database keeps its data; `undefined` where they go with its container. */
const dataFolder = (world: World, { namespace, podName }: Container): string | undefined => {
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name: podName })
  const claimed = pod?.spec?.volumes?.find((volume: KubeValue) => volume.persistentVolumeClaim !== undefined)
  if (claimed === undefined) return undefined
  const { claimName: name } = claimed.persistentVolumeClaim
  const claim = getObject(world.kube, { kind: 'PersistentVolumeClaim', namespace, name })
  const volume = getObject(world.kube, { kind: 'PersistentVolume', name: claim?.spec?.volumeName ?? '' })
  return volume?.spec?.hostPath?.path ?? volume?.spec?.local?.path
}

/** A database that finds no data begins some, with the password that it was started with; later ones do not change it. */
export const beginData = (world: World, { files }: Machine, container: Container): void => {
  const folder = dataFolder(world, container)
  const password = container.environment.POSTGRES_PASSWORD
  if (folder === undefined || password === undefined) return
  const path = `${folder}/${VERIFIERS}`
  if (readText(files, path) === undefined)
    writeText(files, path, { text: `${verifierOf(password)}\n`, mtimeMs: world.nowMs })
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
