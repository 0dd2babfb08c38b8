import { askApi } from '../../relations/ask-api.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { Call } from '../../shell/program.ts'

/** What a phase says of reading kubeadm's settings, which lie in the cluster; without it the usual ones are taken. */
export const configRead = ({ world, machine }: Call, phase: string): string => {
  const config = readKubeconfig(machine, '/etc/kubernetes/admin.conf')
  const isRead = !isProblem(config) && askApi(world, { from: machine, config }).kind === 'answers'
  const lines = [
    'Reading configuration from the cluster...',
    "FYI: You can look at this config file with 'kubectl -n kube-system get cm kubeadm-config -o yaml'",
    ...(isRead
      ? []
      : ['Error reading configuration from the Cluster. Falling back to default configuration']),
  ]
  return `${lines.map(line => `[${phase}] ${line}\n`).join('')}\n`
}

/** The value of a flag, behind `=` or in the next word. */
export const flagOf = ({ args }: Call, name: string): string | undefined => {
  const joined = args.find(word => word.startsWith(`--${name}=`))
  if (joined !== undefined) return joined.slice(name.length + 3)
  const at = args.indexOf(`--${name}`)
  return at < 0 ? undefined : args[at + 1]
}
