import { stringify } from 'yaml'
import { readText, writeText } from '../../files/file-tree.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-units.ts'
import type { Machine } from '../../world/machine.ts'
import type { Law } from '../law.ts'

const ADMIN = '/etc/rancher/k3s/k3s.yaml'
const TLS = `${K3S_DATA}/server/tls`

const adminText = (machine: Machine): string => {
  const inline = (name: string) => btoa(readText(machine.files, `${TLS}/${name}`) ?? '')
  return stringify(
    {
      apiVersion: 'v1',
      clusters: [
        {
          cluster: {
            'certificate-authority-data': inline('server-ca.crt'),
            server: 'https://127.0.0.1:6443',
          },
          name: 'default',
        },
      ],
      contexts: [{ context: { cluster: 'default', user: 'default' }, name: 'default' }],
      'current-context': 'default',
      kind: 'Config',
      preferences: {},
      users: [
        {
          name: 'default',
          user: {
            'client-certificate-data': inline('client-admin.crt'),
            'client-key-data': inline('client-admin.key'),
          },
        },
      ],
    },
    { lineWidth: 0, indentSeq: false },
  )
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
