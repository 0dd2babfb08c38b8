import { describe, expect, test } from 'vitest'
import { dropNode } from '../../../src/cluster/files/file-tree.ts'
import { advance } from '../../../src/cluster/index.ts'
import { listObjects } from '../../../src/cluster/kube/store.ts'
import { openShell, openWorld } from '../kit.ts'

describe('a healthy Gravity cluster', () => {
  test('has three ready nodes named by their addresses, and every pod runs', () => {
    const world = openWorld('gravity')
    const nodes = listObjects(world.kube, 'Node')
    expect(nodes.map(({ metadata }) => metadata.name)).toEqual([
      '192.168.121.198',
      '192.168.121.217',
      '192.168.121.232',
    ])
    const phases = new Set(listObjects(world.kube, 'Pod').map(({ status }) => status?.phase))
    expect([...phases]).toEqual(['Running'])
  })

  test('runs Kubernetes in Planet, whose processes and ports the host shows', async () => {
    const shell = openShell(openWorld('gravity'))
    expect((await shell.run('ps aux')).stdout).toMatch(/kube-apiserver --advertise-address=192.168.121.232/)
    expect((await shell.run('sudo systemctl status kube-apiserver')).exit).toBe(4)
    expect((await shell.run('sudo netstat -lptenu | grep 8472')).stdout).toMatch(/^udp .*:8472 .* -\s*$/m)
  })

  test('begins the units of Planet after Planet itself', async () => {
    const shell = openShell(openWorld('gravity'))
    const started = await shell.run('ps -o lstart= -C planet | head -1; ps -o lstart= -C etcd')
    const [planetMs = 0, etcdMs = 0] = started.stdout.trim().split('\n').map(Date.parse)
    expect(etcdMs).toBeGreaterThan(planetMs)
    expect((await shell.run('pstree -sT $(pidof etcd)')).stdout).toBe('systemd───planet───systemd───etcd\n')
  })

  test("tells in Planet's journal alone of Planet's units, whoever kills their processes", async () => {
    const shell = openShell(openWorld('gravity'))
    await shell.run('sudo kill -9 $(pgrep -f coredns.conf); sleep 1')
    const told = /coredns\.service.*ain process exited, code=killed, status=9\/KILL/
    expect((await shell.run('sudo journalctl --no-pager')).stdout).not.toMatch(told)
    expect((await shell.run('sudo gravity exec journalctl --no-pager')).stdout).toMatch(told)
    await shell.run('sleep 6; sudo gravity exec systemctl stop coredns')
    const journal = await shell.run('sudo gravity exec journalctl -u coredns -n 2 --no-pager')
    expect(journal.stdout).toMatch(/SIGTERM: Shutting down servers.*\n.* Stopped CoreDNS/)
  })

  test('shares a folder between Planet and its host', async () => {
    const world = openWorld('gravity')
    const shell = openShell(world)
    await shell.run('echo hello > /var/lib/gravity/planet/share/note')
    const planet = world.machines.get('node-1')?.planet
    expect(planet?.files.get('/ext/share/note')?.text).toBe('hello\n')
    await shell.run('rm /var/lib/gravity/planet/share/note')
    expect(planet?.files.has('/ext/share/note')).toBe(false)
  })

  test('a copy of a world shares the folder as the world itself does', async () => {
    const world = openWorld('gravity')
    await openShell(world).run('echo hello > /var/lib/gravity/planet/share/note')
    const copy = structuredClone(world)
    const host = copy.machines.get('node-1')
    if (host !== undefined) dropNode(host.files, '/var/lib/gravity/planet/share/note')
    advance(copy, 1_000)
    expect(host?.planet?.files.has('/ext/share/note')).toBe(false)
  })

  test('Planet lists what its host put into the shared folder after it was looked at', async () => {
    const shell = openShell(openWorld('gravity'))
    const look = 'gravity exec ls /ext/share'
    await shell.run(look)
    await shell.run('echo hello > /var/lib/gravity/planet/share/note')
    expect((await shell.run(look)).stdout).toContain('note')
  })

  test('loses what runs in Planet with its unit and gets it back', async () => {
    const world = openWorld('gravity')
    const shell = openShell(world)
    await shell.run('systemctl stop gravity__gravitational.io__planet__6.0.0-11401.service; sleep 60')
    const planet = world.machines.get('node-1')?.planet
    const running = [...(planet?.units.values() ?? [])].filter(({ mainPid }) => mainPid !== 0)
    expect(running).toEqual([])
    await shell.run('systemctl start gravity__gravitational.io__planet__6.0.0-11401.service; sleep 120')
    const ready = listObjects(world.kube, 'Node').map(
      ({ status }) => status?.conditions.find((c: { type: string }) => c.type === 'Ready')?.status,
    )
    expect(ready).toEqual(['True', 'True', 'True'])
  })
})
