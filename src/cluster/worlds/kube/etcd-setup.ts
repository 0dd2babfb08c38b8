import { chanceHex } from '../../chance.ts'
import { USUAL_QUOTA_BYTES } from '../../relations/etcd-health.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { KubeSetup } from './kube-setup.ts'
import { layEtcdData } from './lay-etcd-data.ts'

const MIB = 1024 ** 2

/** Sets up the etcd members of a cluster, one on each control plane machine, with their data on disk. */
export const setUpEtcd = ({ world, controlPlanes, createdMs }: KubeSetup, version: string): void => {
  const { etcd } = world
  for (const machine of controlPlanes) {
    const ip = mainAddressOf(machine)
    const sizeBytes = 38 * MIB + etcd.members.length * 4096
    const member: EtcdMember = {
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
    }
    etcd.members.push(member)
    layEtcdData(machine, member, { createdMs, nowMs: world.nowMs })
  }
  etcd.leaderId = etcd.members[0]?.id
  etcd.leaderSinceMs = createdMs
  etcd.revision = 4_102_336
  world.kube.revision = etcd.revision
}
