import { noteWrite } from '../../kube/managed-fields.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Client } from './client.ts'

const names: Readonly<Record<string, string>> = { apply: 'kubectl-client-side-apply' }

/** Notes that kubectl has made an object, or changed it from what it was before, under the name that its command goes by. */
export const noteClientWrite = (client: Client, object: KubeObject, before?: KubeObject): void => {
  const { flags, words } = client.args
  const isServerSide = words[0] === 'apply' && flags.has('server-side')
  const part = words[0] === 'scale' ? { part: 'scale' } : {}
  const usual =
    isServerSide || words[0] === 'scale' ? 'kubectl' : (names[words[0] ?? ''] ?? `kubectl-${words[0]}`)
  noteWrite(client.call.world.kube, object, {
    manager: flags.get('field-manager') ?? usual,
    operation: isServerSide ? 'Apply' : 'Update',
    ...part,
    atMs: client.call.world.nowMs,
    ...(before === undefined ? {} : { before }),
  })
}
