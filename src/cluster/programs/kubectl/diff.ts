import { chanceHex } from '../../chance.ts'
import { writeText } from '../../files/file-tree.ts'
import { kindOf } from '../../kube/kinds.ts'
import { getObject } from '../../kube/store.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { onCopy } from './dry-run.ts'
import { readManifests } from './manifests.ts'
import { yamlText } from './output.ts'
import { writeObject } from './write-object.ts'

/** A folder for one side, named as Go names temporary ones. */
const temporaryFolder = ({ world }: Client['call'], side: string): string =>
  `/tmp/${side}-${Number.parseInt(chanceHex(world, 8), 16)}`

const titleOf = ({ apiVersion, kind, metadata }: KubeValue): string =>
  [apiVersion.replace('/', '.'), kind, metadata.namespace ?? '', metadata.name].join('.')

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** An object with the version and the note of the last apply that it had before: those are no changes. A new one has none yet. */
const asBefore = (after: KubeObject | undefined, before: KubeObject | undefined): KubeValue | undefined => {
  if (after === undefined) return undefined
  const {
    annotations: { [APPLIED]: _applied, ...annotations } = {},
    resourceVersion: _,
    ...metadata
  } = after.metadata
  const applied = before?.metadata.annotations?.[APPLIED]
  const kept = { ...annotations, ...(applied === undefined ? {} : { [APPLIED]: applied }) }
  return {
    ...after,
    metadata: {
      ...metadata,
      ...(Object.keys(kept).length === 0 ? {} : { annotations: kept }),
      ...(before === undefined ? {} : { resourceVersion: before.metadata.resourceVersion }),
    },
  }
}

/** `kubectl diff -f FILE`: what applying would change; status 1 where it would. */
export const diffManifests = async (client: Client): Promise<Reply> => {
  const { call, args, namespace } = client
  if (!args.flags.has('filename')) return { stderr: 'error: must specify one of -f and -k\n', exit: 1 }
  const objects = readManifests(call, args)
  if ('problem' in objects) return { stderr: String(objects.problem), exit: 1 }
  const copy = onCopy(call)
  const [live, merged] = [temporaryFolder(call, 'LIVE'), temporaryFolder(call, 'MERGED')]
  let stdout = ''
  let stderr = ''
  for (const object of objects as readonly KubeValue[]) {
    const isNamespaced = kindOf(object.kind, call.world)?.isNamespaced === true
    const name = {
      kind: object.kind,
      namespace: isNamespaced ? (object.metadata?.namespace ?? namespace) : undefined,
      name: object.metadata?.name ?? '',
    }
    const before = getObject(call.world.kube, name)
    const written = writeObject({ ...client, call: copy }, object, 'apply')
    stderr += written.stderr ?? ''
    const after = asBefore(getObject(copy.world.kube, name), before)
    const text = (one: KubeValue | undefined): string => (one === undefined ? '' : yamlText(one))
    const title = titleOf({ ...object, metadata: { ...object.metadata, namespace: name.namespace } })
    const paths = [`${live}/${title}`, `${merged}/${title}`] as const
    for (const [path, one] of [
      [paths[0], before],
      [paths[1], after],
    ] as const)
      writeText(call.machine.files, path, { text: text(one), mtimeMs: call.world.nowMs })
    const ran = await call.passage.runHere(['diff', '-u', '-N', ...paths])
    if (ran.exit === 1) stdout += `diff -u -N ${paths.join(' ')}\n${ran.stdout ?? ''}`
  }
  await call.passage.runHere(['rm', '-rf', live, merged])
  if (stderr !== '') return { stdout, stderr, exit: 2 }
  return { stdout, exit: stdout === '' ? 0 : 1, tookMs: 200 }
}
