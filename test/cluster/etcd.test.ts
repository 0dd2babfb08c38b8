import { describe, expect, it } from 'vitest'
import { etcdHealthOf } from '../../src/cluster/relations/etcd-health.ts'
import { openShell, openWorld } from './kit.ts'

const flags =
  '--endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key'

const openControlPlane = async (fill?: (world: ReturnType<typeof openWorld>) => void) => {
  const world = openWorld()
  fill?.(world)
  const shell = openShell(world)
  await shell.run(`ssh ${world.handles['control-plane']}`)
  return { world, shell }
}

describe('etcd in the simulation', () => {
  it('raises NOSPACE at its quota; compaction, defragmentation and disarming bring writes back', async () => {
    const { shell } = await openControlPlane(({ etcd }) => {
      for (const member of etcd.members)
        Object.assign(member, { sizeBytes: member.quotaBytes, inUseBytes: member.quotaBytes })
    })
    await shell.run('sleep 10')
    expect((await shell.run(`etcdctl ${flags} alarm list`)).stdout).toMatch(/memberID:\d+ alarm:NOSPACE/)
    expect((await shell.run('kubectl create namespace x')).stderr).toMatch(/mvcc: database space exceeded/)
    await shell.run(
      `rev=$(etcdctl ${flags} endpoint status --write-out=json | jq '.[0].Status.header.revision'); etcdctl ${flags} compact $rev; etcdctl ${flags} defrag; etcdctl ${flags} alarm disarm`,
    )
    expect((await shell.run(`etcdctl ${flags} alarm list`)).stdout).toBe('')
    expect((await shell.run('kubectl create namespace x')).stdout).toBe('namespace/x created\n')
  })

  it('is down without its manifest, and the API server with it', async () => {
    const { world, shell } = await openControlPlane()
    await shell.run('mv /etc/kubernetes/manifests/etcd.yaml /root/; sleep 30')
    expect(etcdHealthOf(world).hasQuorum).toBe(false)
    expect((await shell.run(`etcdctl ${flags} endpoint health`)).exit).toBe(1)
    expect((await shell.run('kubectl get nodes')).exit).toBe(1)
    await shell.run('mv /root/etcd.yaml /etc/kubernetes/manifests/; sleep 300')
    expect((await shell.run('kubectl get nodes')).stdout).toMatch(/Ready/)
  })

  it('saves a snapshot and restores it into a new data directory only', async () => {
    const { shell } = await openControlPlane()
    await shell.run(`mkdir -p /backup; etcdctl ${flags} snapshot save /backup/db`)
    expect((await shell.run('etcdctl snapshot status /backup/db -w table')).stdout).toMatch(/TOTAL KEYS/)
    expect((await shell.run('etcdctl snapshot restore /backup/db --data-dir=/var/lib/etcd-new')).exit).toBe(0)
    expect(
      (await shell.run('etcdctl snapshot restore /backup/db --data-dir=/var/lib/etcd-new')).stderr,
    ).toMatch(/not empty/)
  })
})
