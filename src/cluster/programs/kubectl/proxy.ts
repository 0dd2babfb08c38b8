import { encodeCertificate } from '../../relations/certificate.ts'
import { serverAt } from '../../relations/kubeconfig.ts'
import { listenersOf } from '../../relations/listeners.ts'
import type { Reply } from '../../shell/program.ts'
import type { Client } from './client.ts'

const USUAL_PORT = 8001

/** `kubectl proxy`: while it runs in the background, its port leads to the API server with the credentials of its kubeconfig. */
export const proxy = ({ args, call, config }: Client): Reply => {
  const port = Number(args.flags.get('port') ?? USUAL_PORT)
  const isTaken = listenersOf(call.world, call.host).some(
    ({ listener }) => listener.protocol === 'tcp' && listener.port === port,
  )
  if (isTaken)
    return { stderr: `error: listen tcp 127.0.0.1:${port}: bind: address already in use\n`, exit: 1 }
  const { process } = call.passage
  const server = serverAt(config.server)
  if (process !== undefined && server !== undefined) {
    process.listens = [{ protocol: 'tcp', address: '127.0.0.1', port }]
    process.proxies = {
      ...server,
      certificate: config.client === undefined ? undefined : encodeCertificate(config.client),
    }
  }
  return { stdout: `Starting to serve on 127.0.0.1:${port}\n`, follow: { next: () => '' } }
}
