import { describe, expect, test } from 'vitest'
import { openShell, openWorld } from '../kit.ts'

const open = () => openShell(openWorld('gravity'))

describe('operation 2.1, a machine down for a while', () => {
  test('is drained, offline, and comes back', async () => {
    const shell = open()
    await shell.run('kubectl cordon 192.168.121.217; kubectl drain 192.168.121.217 --ignore-daemonsets')
    await shell.run('ssh node-3 reboot; sleep 20')
    expect((await shell.run('gravity status')).stdout).toMatch(/node-3 .*\n\s+Status:\s+offline/)
    await shell.run('sleep 200; kubectl uncordon 192.168.121.217')
    expect((await shell.run('gravity status')).exit).toBe(0)
    expect((await shell.run('kubectl get nodes')).stdout).not.toMatch(/NotReady|Disabled/)
  })
})

describe('operation 2.2, a machine replaced', () => {
  test('leaves the cluster by force and joins again with the token', async () => {
    const shell = open()
    await shell.run('ssh node-3 sudo gravity system uninstall --confirm; sleep 60')
    expect((await shell.run('sudo gravity remove node-3')).stderr).toMatch(/offline, use --force/)
    await shell.run('sudo gravity remove node-3 --force --confirm')
    expect((await shell.run('gravity status')).stdout).toMatch(
      /Active operations:\n.*node-3[\s\S]*% complete/,
    )
    await shell.run('sleep 90')
    expect((await shell.run('gravity status')).stdout).not.toMatch(/\* node-3 \(/)
    expect(
      (await shell.run('sudo gravity exec etcdctl cluster-health')).stdout.match(/healthy result/g),
    ).toHaveLength(2)
    const token = (await shell.run('gravity status --token')).stdout.trim()
    const fetched = 'curl -sk https://192.168.121.232:3009/portal/v1/gravity -o gravity && chmod +x gravity'
    const refused = await shell.run(`ssh node-3 '${fetched}; ./gravity join 192.168.121.232 --token=wrong'`)
    expect(refused.exit).not.toBe(0)
    await shell.run(`ssh node-3 'sudo ./gravity join 192.168.121.232 --token=${token}'; sleep 120`)
    expect((await shell.run('gravity status')).exit).toBe(0)
    expect((await shell.run('kubectl get nodes --no-headers')).stdout.match(/ Ready /g)).toHaveLength(3)
  })
})

describe('operations 2.3 and 2.4, an upgrade', () => {
  test('that was interrupted is rolled back in reverse, and then the cluster is active', async () => {
    const shell = open()
    await shell.run('cd ~/upgrade; sudo ./upgrade')
    expect((await shell.run('gravity status')).stdout).toMatch(/Cluster status:\s+updating/)
    expect((await shell.run('sudo ./gravity plan')).stdout).toMatch(/→ .* In Progress/)
    expect((await shell.run('sudo ./gravity plan complete')).exit).not.toBe(0)
    expect((await shell.run('sudo ./gravity plan rollback --phase=/init')).stderr).toMatch(
      /cannot be rolled back before/,
    )
    await shell.run('for p in /pre-update /checks /init; do sudo ./gravity plan rollback --phase=$p; done')
    expect((await shell.run('sudo ./gravity plan complete')).exit).toBe(0)
    expect((await shell.run('gravity status')).stdout).toMatch(/Cluster status:\s+active/)
  })

  test('by hand keeps the order that phases require, stops at its reason, and resumes', async () => {
    const shell = open()
    await shell.run('cd ~/upgrade; sudo ./gravity upgrade --manual')
    expect((await shell.run('sudo ./gravity plan execute --phase=/bootstrap')).stderr).toMatch(
      /required.*\/init/,
    )
    await shell.run('sudo ./gravity plan execute --phase=/init')
    await shell.run('ssh node-2 systemctl stop gravity__gravitational.io__planet__6.0.0-11401; sleep 20')
    const failed = await shell.run('sudo ./gravity plan execute --phase=/bootstrap/node-2')
    expect(failed.stderr).toMatch(/failed to dial agent at 192.168.121.198:3012/)
    await shell.run('ssh node-2 systemctl start gravity__gravitational.io__planet__6.0.0-11401; sleep 90')
    expect((await shell.run('sudo ./gravity plan resume')).exit).toBe(0)
    await shell.run('sleep 120')
    const status = await shell.run('gravity status')
    expect(status.stdout).toMatch(/6\.1\.0 \(server\)/)
    expect(status.exit).toBe(0)
    expect((await shell.run('ssh node-3 systemctl list-units')).stdout).toMatch(/planet__6\.1\.3-11502/)
  })
})

describe('operation 2.5, an installation', () => {
  test('fails at a folder that may not be changed, and goes on when it may', async () => {
    const shell = open()
    await shell.run('for n in 2 3; do ssh node-$n gravity system uninstall --confirm; done')
    await shell.run('sudo gravity system uninstall --confirm')
    expect((await shell.run('gravity status')).exit).toBe(127)
    await shell.run('mkdir -p /var/lib/gravity/planet; chattr +i /var/lib/gravity/planet; cd ~/installer')
    expect((await shell.run('sudo ./gravity install')).stdout).toMatch(
      /failed to execute phase "\/bootstrap\/node-1"/,
    )
    expect((await shell.run('cat /var/log/gravity-install.log')).stdout).toMatch(
      /\[ERROR\] \[node-1\] Phase execution failed: mkdir \/var\/lib\/gravity\/planet\/state: operation not permitted\./,
    )
    expect((await shell.run('sudo gravity plan execute --phase=/bootstrap/node-1')).exit).not.toBe(0)
    await shell.run('chattr -i /var/lib/gravity/planet/')
    expect((await shell.run('sudo gravity plan execute --phase=/bootstrap/node-1')).exit).toBe(0)
    expect((await shell.run('sudo gravity plan resume')).exit).toBe(0)
    await shell.run('sleep 120')
    expect((await shell.run('gravity status')).exit).toBe(0)
    const pods = (await shell.run('kubectl get pods -A --no-headers')).stdout.trimEnd().split('\n')
    expect(pods.filter(row => !row.includes(' Running '))).toEqual([])
    expect(pods.length).toBeGreaterThan(5)
    expect((await shell.run('sudo gravity exec kubectl get nodes --no-headers')).stdout).toMatch(/ Ready /)
  })
})
