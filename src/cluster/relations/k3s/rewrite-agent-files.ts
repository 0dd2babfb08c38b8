import type { Machine } from '../../world/machine.ts'
import { K3S_DATA } from './k3s-data.ts'

const AGENT = `${K3S_DATA}/agent`

/** Keys stay as they are. */
const written = /(\.crt|\.kubeconfig|config\.toml|net-conf\.json|\.conflist|crictl\.yaml)$/

/** An agent of k3s writes its settings, and what it has from its server, anew at each start. */
export const rewriteAgentFiles = ({ files }: Machine, atMs: number): void => {
  for (const [path, node] of files)
    if (node.kind === 'file' && path.startsWith(`${AGENT}/`) && written.test(path)) node.mtimeMs = atMs
  for (const path of [AGENT, '/run/flannel/subnet.env']) {
    const node = files.get(path)
    if (node !== undefined) node.mtimeMs = atMs
  }
}
