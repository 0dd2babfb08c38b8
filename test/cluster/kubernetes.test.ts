import { describe, expect, it } from 'vitest'
import { buildWorld, type World } from '../../src/cluster/index.ts'
import { listObjects } from '../../src/cluster/kube/store.ts'
import { advance } from '../../src/cluster/laws/advance.ts'
import { openShell, openWorld } from './kit.ts'

const machineOf = (world: World, handle: string) => {
  const machine = world.machines.get(world.handles[handle] ?? handle)
  if (machine === undefined) throw new Error(`no machine ${handle}`)
  return machine
}

const controlPlaneName = (world: World): string => machineOf(world, 'control-plane').name

describe('a Kubernetes cluster in the simulation', () => {
  it('runs all of its pods when it is healthy', () => {
    const world = openWorld()
    advance(world, 30_000)
    const pods = listObjects(world.kube, 'Pod').filter(pod => pod.status?.phase !== 'Succeeded')
    expect(pods.length).toBeGreaterThan(20)
    for (const pod of pods)
      expect([
        pod.metadata.name,
        pod.status?.conditions?.find((c: { type: string }) => c.type === 'Ready')?.status,
      ]).toEqual([pod.metadata.name, 'True'])
  })

  it('tells of a job that has run within the hour, and forgets it after that', async () => {
    const shell = openShell(buildWorld('mks', { seed: 1, nowMs: Date.UTC(2026, 2, 2, 2, 50) }))
    const told = (await shell.run('kubectl -n shop get events --no-headers')).stdout
    for (const text of [
      /SuccessfulCreate +cronjob\/nightly-report +Created job nightly-report-\d+/,
      /SawCompletedJob +cronjob\/nightly-report/,
      /Completed +job\/nightly-report-\d+ +Job completed/,
      /Started +pod\/nightly-report-\S+ +Started container report/,
    ])
      expect(told).toMatch(text)
    expect((await shell.run('sleep 1800; kubectl -n shop get events')).stderr).toContain('No resources found')
  })

  it('marks a node NotReady 40 s after its kubelet stopped, and evicts its pods five minutes later', async () => {
    const world = openWorld()
    const shell = openShell(world)
    const worker = machineOf(world, 'worker-1').name
    await shell.run(`ssh ${worker} systemctl stop kubelet`)
    await shell.run('sleep 20')
    expect((await shell.run(`kubectl get node ${worker}`)).stdout).toMatch(/ Ready /)
    await shell.run('sleep 45')
    expect((await shell.run(`kubectl get node ${worker}`)).stdout).toMatch(/ NotReady /)
    await shell.run('sleep 330')
    expect((await shell.run(`kubectl get pods -n shop -o wide | grep ${worker}`)).stdout).toMatch(
      /Terminating/,
    )
    await shell.run(`ssh ${worker} systemctl start kubelet`)
    await shell.run('sleep 40')
    expect((await shell.run(`kubectl get node ${worker}`)).stdout).toMatch(/ Ready /)
    expect((await shell.run('kubectl get pods -n shop')).stdout).not.toMatch(/Terminating/)
  })

  it('takes the scheduler away with its manifest, so that new pods stay Pending', async () => {
    const world = openWorld()
    const shell = openShell(world)
    await shell.run(`ssh ${controlPlaneName(world)} mv /etc/kubernetes/manifests/kube-scheduler.yaml /tmp/`)
    await shell.run('sleep 30; kubectl create deployment late --image=nginx')
    await shell.run('sleep 30')
    expect((await shell.run('kubectl get pods')).stdout).toMatch(/late-\S+ +0\/1 +Pending/)
    await shell.run(`ssh ${controlPlaneName(world)} mv /tmp/kube-scheduler.yaml /etc/kubernetes/manifests/`)
    await shell.run('sleep 60')
    expect((await shell.run('kubectl get pods')).stdout).toMatch(/late-\S+ +1\/1 +Running/)
  })

  it('tells why an image cannot be pulled', async () => {
    const shell = openShell()
    await shell.run('kubectl -n shop set image deployment/web web=registry.example.internal/shop/web:9.9.9')
    await shell.run('sleep 60')
    const { stdout } = await shell.run('kubectl -n shop get pods')
    expect(stdout).toMatch(/0\/1 +(ErrImagePull|ImagePullBackOff)/)
    expect((await shell.run('kubectl -n shop describe pods | grep Failed')).stdout).toMatch(/not found/)
  })

  it('kills a container over its memory limit', async () => {
    const shell = openShell()
    await shell.run(
      'kubectl -n shop set resources deployment/cache --limits=memory=4Mi --requests=memory=4Mi',
    )
    await shell.run('sleep 90')
    expect((await shell.run('kubectl -n shop describe pods -l app=cache')).stdout).toMatch(
      /OOMKilled[\s\S]*Exit Code: +137/,
    )
  })

  it('crashes CoreDNS on a broken Corefile', async () => {
    const shell = openShell()
    await shell.run(
      `kubectl -n kube-system patch cm coredns --type merge -p '{"data":{"Corefile":".:53 {\\n  kubernetess cluster.local\\n}\\n"}}'; kubectl -n kube-system delete pods -l k8s-app=kube-dns`,
    )
    await shell.run('sleep 60')
    expect((await shell.run('kubectl -n kube-system get pods -l k8s-app=kube-dns')).stdout).toMatch(
      /CrashLoopBackOff|Error/,
    )
    expect((await shell.run('kubectl -n kube-system logs -l k8s-app=kube-dns')).stdout).toMatch(
      /Unknown directive 'kubernetess'/,
    )
  })

  it('refuses clients once the API server certificate is past its end, until it is renewed', async () => {
    const world = openWorld()
    const shell = openShell(world)
    for (const machine of world.machines.values()) machine.clockOffsetMs = 400 * 86_400_000
    expect((await shell.run('kubectl get nodes')).stderr).toMatch(
      /x509: certificate has expired or is not yet valid/,
    )
    const check = await shell.run(`ssh ${controlPlaneName(world)} kubeadm certs check-expiration`)
    expect(check.stdout).toMatch(/apiserver +\w+ \d+, \d+ [\d:]+ UTC +<invalid>/)
    await shell.run(`ssh ${controlPlaneName(world)} kubeadm certs renew all`)
    const own = await shell.run(
      `ssh ${controlPlaneName(world)} kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes`,
    )
    expect(own.stdout).toMatch(/control-plane/)
  })
})
