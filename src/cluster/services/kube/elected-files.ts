import type { Elected } from '../../relations/components.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { Running } from '../service.ts'
import { missingFile } from './control-plane-flags.ts'

/** What of the files that a scheduler or a controller manager needs cannot be read, as it says it. */
export const fileProblem = (
  name: Elected,
  self: Running,
  flags: Readonly<Record<string, string>>,
): string | undefined => {
  const { machine } = self
  const path = flags.kubeconfig ?? ''
  const config = readKubeconfig(machine, path, self.container ?? self.unit)
  if (isProblem(config)) return config.problem
  if (name === 'kube-scheduler') return undefined
  return missingFile(machine, [
    flags['client-ca-file'],
    flags['cluster-signing-cert-file'],
    flags['cluster-signing-key-file'],
    flags['root-ca-file'],
    flags['service-account-private-key-file'],
    flags['requestheader-client-ca-file'],
  ])
}
