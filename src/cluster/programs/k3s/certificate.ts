import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { k3sUnitOf } from '../../relations/k3s/k3s-units.ts'
import { agentFolders, renewCertificates, serverFolders } from '../../relations/k3s/renew-certificates.ts'
import type { Call, Reply } from '../../shell/program.ts'

const services =
  'admin api-server controller-manager scheduler supervisor k3s-controller k3s-server cloud-controller etcd auth-proxy kubelet kube-proxy'

/** `k3s certificate rotate`: the certificates are made anew; what runs takes them at its next start. */
export const certificate = ({ world, machine }: Call, [verb]: readonly string[]): Reply => {
  if (verb !== undefined && verb !== 'rotate' && !/^(?:help|h|-h|--help)$/.test(verb))
    return { stderr: `No help topic for '${verb}'\n`, exit: 3 }
  if (verb !== 'rotate')
    return {
      stdout:
        'NAME:\n   k3s certificate - Manage K3s certificates\n\nUSAGE:\n   k3s certificate command [command options] [arguments...]\n\nCOMMANDS:\n   rotate     Certificate rotation\n   rotate-ca  Write updated CA certificates to the datastore\n',
    }
  const isServer = k3sUnitOf(machine)?.service === 'k3s'
  renewCertificates(world, machine, {
    folders: isServer ? [...serverFolders, ...agentFolders] : agentFolders,
    which: 'all',
  })
  const seconds = Math.floor(world.nowMs / 1000)
  const kept = `${K3S_DATA}/${isServer ? 'server' : 'agent'}/tls-${seconds}`
  const texts = [
    isServer
      ? 'Server detected, rotating server certificates'
      : 'Agent detected, rotating agent certificates',
    `Backing up certificates to ${kept}`,
    ...services.split(' ').map(name => `Rotating certificates for ${name} service`),
    `Successfully backed up certificates for all services to path ${kept}, please restart k3s server or agent to rotate certificates`,
  ]
  return { stderr: texts.map(text => `INFO[0000] ${text} \n`).join('') }
}
