import { describe, expect, it } from 'vitest'
import { openShell } from './kit.ts'

describe('a shell in the simulated cluster', () => {
  it('carries variables and the folder over, and tells a missing command', async () => {
    const shell = openShell()
    await shell.run('cd /etc; export A=1; B=2')
    expect(await shell.run('pwd; echo $A$B; nosuch')).toMatchObject({
      stdout: '/etc\n12\n',
      stderr: 'bash: nosuch: command not found\n',
      exit: 127,
    })
  })

  it('shows the files of the machine where it is', async () => {
    const shell = openShell()
    expect((await shell.run('cat /etc/hostname; hostname')).stdout).toBe('workstation\nworkstation\n')
    await shell.run('ssh worker-1')
    expect((await shell.run('cat /etc/hostname | head -1; sudo hostname')).stdout).toBe(
      'worker-1\nworker-1\n',
    )
    await shell.run('exit')
    expect((await shell.run('ssh cp-1 "hostname; cat /proc/sys/net/ipv4/ip_forward"')).stdout).toBe(
      'cp-1\n1\n',
    )
  })

  it('completes commands, paths, and hosts after ssh', () => {
    const shell = openShell()
    expect(shell.complete('hostna')).toContain('hostname')
    expect(shell.complete('cat /etc/host')).toEqual(['/etc/host.conf', '/etc/hostname', '/etc/hosts'])
    expect(shell.complete('ssh work')).toEqual(expect.arrayContaining(['worker-1', 'worker-2']))
    expect(shell.complete('ssh -p 22 root@cp')).toEqual(['root@cp-1'])
    expect(shell.complete('cat cp')).toEqual([])
  })

  it('lets time pass by the simulated clock, up to a deadline', async () => {
    const shell = openShell()
    const before = (await shell.run('true')).atMs
    const slept = await shell.run('sleep 300')
    expect(slept.atMs - before).toBeGreaterThanOrEqual(300_000)
    expect((await shell.run('timeout 5 ssh 10.9.9.9')).exit).not.toBe(0)
  })

  it('keeps characters beyond ASCII whole through pipes and files', async () => {
    const shell = openShell()
    expect((await shell.run('echo "● größer" | cat > /tmp/x; cat /tmp/x | head -1')).stdout).toBe(
      '● größer\n',
    )
  })
})
