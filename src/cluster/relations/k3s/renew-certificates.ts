import { namesIn, readText, writeText } from '../../files/file-tree.ts'
import { hashOf } from '../../kube/pod.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { type Certificate, decodeCertificates, encodeCertificate } from '../certificate.ts'
import { machineNowMs } from '../clock.ts'
import { K3S_DATA } from './k3s-data.ts'

const DAY_MS = 86_400_000
/** What ends sooner than this is renewed at a start. */
const NEAR_MS = 90 * DAY_MS
const YEAR_MS = 365 * DAY_MS

/** The certificates of a k3s: which folders hold them, and those that are to be renewed. */
export type Renewal = {
  readonly folders: readonly string[]
  readonly which: 'near-their-end' | 'all'
}

/** Where a server keeps the certificates of its own parts, and a node those that a server gave it. */
export const serverFolders: readonly string[] = [`${K3S_DATA}/server/tls`, `${K3S_DATA}/server/tls/etcd`]
/** Where a node keeps the certificates that a server gave it. */
export const agentFolders: readonly string[] = [`${K3S_DATA}/agent`]

/** Signs certificates anew for a year from now, by the same authorities and with the same keys; gives those that it made. */
export const renewCertificates = (
  world: World,
  machine: Machine,
  { folders, which }: Renewal,
): readonly Certificate[] => {
  const nowMs = machineNowMs(world, machine)
  const made: Certificate[] = []
  for (const folder of folders)
    for (const name of namesIn(machine.files, folder).filter(file => file.endsWith('.crt'))) {
      const path = `${folder}/${name}`
      const [known, ...signers] = decodeCertificates(readText(machine.files, path))
      if (known === undefined || known.isAuthority) continue
      if (which === 'near-their-end' && known.notAfterMs - nowMs > NEAR_MS) continue
      const certificate = {
        ...known,
        serial: hashOf(`${known.commonName}/${nowMs}`, 16),
        notAfterMs: nowMs + YEAR_MS,
      }
      const text = [certificate, ...signers].map(encodeCertificate).join('')
      writeText(machine.files, path, { text, mtimeMs: world.nowMs })
      made.push(certificate)
    }
  return made
}
