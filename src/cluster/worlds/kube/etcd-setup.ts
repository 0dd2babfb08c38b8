import { chanceHex } from '../../chance.ts'
import { makeFolder, writeText } from '../../files/file-tree.ts'
import { USUAL_QUOTA_BYTES } from '../../relations/etcd-health.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { KubeSetup } from './kube-setup.ts'

const MIB = 1024 ** 2
const WAL_BYTES = 64_000_000

/** Sets up the etcd members of a cluster, one on each control plane machine, with their data on disk. */
export const setUpEtcd = ({ world, controlPlanes, createdMs }: KubeSetup, version: string): void => {
  const { etcd } = world
  for (const machine of controlPlanes) {
    const ip = mainAddressOf(machine)
    const sizeBytes = 38 * MIB + etcd.members.length * 4096
    etcd.members.push({
      id: chanceHex(world, 16).replace(/^0/, 'a'),
      name: machine.name,
      machine: machine.name,
      peerUrl: `https://${ip}:2380`,
      clientUrl: `https://${ip}:2379`,
      dataDir: '/var/lib/etcd',
      version,
      sizeBytes,
      inUseBytes: 21 * MIB,
      quotaBytes: USUAL_QUOTA_BYTES,
      raftTerm: 3,
      raftIndex: 4_318_207,
      fsyncMs: 3,
      isCorrupt: false,
    })
    const folder = '/var/lib/etcd/member'
    makeFolder(machine.files, '/var/lib/etcd', { mode: 0o700, mtimeMs: createdMs })
    writeText(machine.files, `${folder}/snap/db`, {
      text: `etcd ${machine.name}`,
      mode: 0o600,
      paddingBytes: sizeBytes - `etcd ${machine.name}`.length,
      mtimeMs: world.nowMs,
    })
    for (const wal of ['000000000000002a-000000000041c0d2.wal', '0.tmp'])
      writeText(machine.files, `${folder}/wal/${wal}`, {
        text: 'wal',
        mode: 0o600,
        paddingBytes: WAL_BYTES - 3,
        mtimeMs: world.nowMs,
      })
  }
  etcd.leaderId = etcd.members[0]?.id
  etcd.leaderSinceMs = createdMs
  etcd.revision = 4_102_336
  etcd.compactedRevision = 4_101_820
  world.kube.revision = etcd.revision
}
