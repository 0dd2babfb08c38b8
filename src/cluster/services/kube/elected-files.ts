import type { Elected } from '../../relations/components.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'
import { unseenFile } from './control-plane-flags.ts'

/** What of the files that a scheduler or a controller manager needs cannot be read, as it says it. */
export const fileProblem = (
  world: World,
  self: Running,
  { name, flags }: { readonly name: Elected; readonly flags: Readonly<Record<string, string>> },
): string | undefined => {
  const { machine } = self
  const path = flags.kubeconfig ?? ''
  const config = readKubeconfig(machine, path, self.container ?? self.unit)
  if (isProblem(config)) return config.problem
  const delegated = ['authentication', 'authorization'].find(what => {
    const file = flags[`${what}-kubeconfig`]
    return unseenFile(world, self, [file]) !== undefined
  })
  if (delegated !== undefined)
    return `failed to get delegated ${delegated} kubeconfig: failed to get delegated ${delegated} kubeconfig: stat ${flags[`${delegated}-kubeconfig`]}: no such file or directory`
  if (name === 'kube-scheduler') return unseenFile(world, self, [flags.config])
  return unseenFile(world, self, [
    flags['client-ca-file'],
    flags['cluster-signing-cert-file'],
    flags['cluster-signing-key-file'],
    flags['root-ca-file'],
    flags['service-account-private-key-file'],
    flags['requestheader-client-ca-file'],
  ])
}
