import { readText, writeText } from '../../files/file-tree.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { writeKubeconfig } from '../../relations/kubeconfig-text.ts'
import type { Machine } from '../../world/machine.ts'
import type { Law } from '../law.ts'

const ADMIN = '/etc/rancher/k3s/k3s.yaml'
const TLS = `${K3S_DATA}/server/tls`

const adminText = ({ files }: Machine): string => {
  const pem = (name: string): string => readText(files, `${TLS}/${name}`) ?? ''
  return writeKubeconfig({
    clusterName: 'default',
    apiUrl: 'https://127.0.0.1:6443',
    authority: pem('server-ca.crt'),
    user: 'default',
    context: 'default',
    client: { certificate: pem('client-admin.crt'), key: pem('client-admin.key') },
  })
}

/** A server of k3s writes the administrator's kubeconfig whenever it has come up. */
export const writeAdminConfig: Law = (world, passedMs) => {
  for (const machine of world.machines.values()) {
    const unit = machine.units.get('k3s.service')
    if (unit?.service !== 'k3s' || unit.active !== 'active' || unit.mainPid === 0) continue
    if (unit.sinceMs < world.nowMs - passedMs) continue
    const text = adminText(machine)
    if (writeRefusal(machine, ADMIN, text.length) !== undefined) continue
    writeText(machine.files, ADMIN, { text, mode: 0o600, mtimeMs: unit.sinceMs })
  }
}
