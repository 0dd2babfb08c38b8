import { getObject, touchObject } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { writeProblem } from './refused-write.ts'

/** `kubectl certificate approve` and `deny`. */
export const decideCertificates = (client: Client): Reply => {
  const [, action, ...words] = client.args.words
  if (action !== 'approve' && action !== 'deny')
    return {
      stderr: `error: unknown command "${action ?? ''}"\nSee 'kubectl certificate -h' for help and examples\n`,
      exit: 1,
    }
  if (words.length === 0)
    return { stderr: 'error: one or more CSRs must be specified as <name> or -f <filename>\n', exit: 1 }
  const requests = words.map(word => ({
    kind: 'CertificateSigningRequest',
    metadata: { name: word.split('/').at(-1) ?? '' },
  }))
  const refused = writeProblem(client, { verb: 'update', part: 'approval' }, requests)
  if (refused !== undefined) return refused
  let out = ''
  let errors = ''
  for (const { kind, metadata } of requests) {
    const { name } = metadata
    const request = getObject(client.call.world.kube, { kind, name })
    if (request === undefined) {
      errors += `Error from server (NotFound): certificatesigningrequests.certificates.k8s.io "${name}" not found\n`
      continue
    }
    const now = isoOf(client.call.world.nowMs)
    const [type, other] = action === 'approve' ? ['Approved', 'Denied'] : ['Denied', 'Approved']
    if (request.status?.conditions?.some((condition: KubeValue) => condition.type === other)) {
      errors += `error: certificate signing request "${name}" is already ${other}\n`
      continue
    }
    request.status = {
      ...request.status,
      conditions: [
        {
          lastTransitionTime: now,
          lastUpdateTime: now,
          message: `This CSR was ${type.toLowerCase()} by kubectl certificate ${action}.`,
          reason: `Kubectl${action === 'approve' ? 'Approve' : 'Deny'}`,
          status: 'True',
          type,
        },
      ],
    }
    touchObject(client.call.world, request)
    out += `certificatesigningrequest.certificates.k8s.io/${name} ${action === 'approve' ? 'approved' : 'denied'}\n`
  }
  return { stdout: out, stderr: errors, exit: errors === '' ? 0 : 1 }
}
