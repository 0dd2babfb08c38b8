import { getObject, touchObject } from '../../kube/store.ts'
import type { Reply } from '../../shell/program.ts'
import type { Client } from './client.ts'
import { readManifests } from './manifests.ts'
import { writeProblem } from './refused-write.ts'

/** The namespace of which a path is the part that takes off what holds it. */
export const finalizedBy = (path = ''): string | undefined =>
  /^\/api\/v1\/namespaces\/([^/?]+)\/finalize(?:\?|$)/.exec(path)?.[1]

/** `kubectl replace --raw /api/v1/namespaces/NAME/finalize -f FILE`. */
export const finalizeNamespace = (client: Client, name: string): Reply => {
  const { world } = client.call
  const objects = readManifests(client.call, client.args)
  if ('problem' in objects) return { stderr: String(objects.problem), exit: 1 }
  const namespace = getObject(world.kube, { kind: 'Namespace', name })
  if (namespace === undefined)
    return { stderr: `Error from server (NotFound): namespaces "${name}" not found\n`, exit: 1 }
  const refused = writeProblem(client, { verb: 'update', part: 'finalize' }, [namespace])
  if (refused !== undefined) return refused
  namespace.spec = { ...namespace.spec, finalizers: objects[0]?.spec?.finalizers ?? [] }
  touchObject(world, namespace)
  return { stdout: `${JSON.stringify(namespace)}\n` }
}
