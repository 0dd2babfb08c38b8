import { describe, expect, it } from 'vitest'
import { openShell } from './kit.ts'

describe('tools for text', () => {
  it.each([
    ['grep -s root /none; echo $?', '2\n'],
    ['grep -Hc root /etc/passwd', '/etc/passwd:1\n'],
    ['grep -sHm1 -o ^ops /etc/passwd /none', '/etc/passwd:ops\n'],
    ['grep -ce root -e ops /etc/passwd', '2\n'],
    ['grep -E -C1 -e"^o+ps" /etc/passwd | tail -1 | cut -d: -f1', 'ops\n'],
    ["printf 'a\\nb\\n' | paste -sd,", 'a,b\n'],
    ["printf 'a\\nb\\n' | paste -sd, -", 'a,b\n'],
  ])('%s', async (line, wanted) => {
    expect(await openShell().run(line)).toMatchObject({ stdout: wanted, stderr: '' })
  })

  it('search below folders, round no links, and by the names that are wanted', async () => {
    const shell = openShell()
    await shell.run(
      'mkdir -p t/a/.b; echo one > t/a/.b/c; echo one > t/a/d.log; ln -s / t/root; ln -s .. t/a/up',
    )
    expect((await shell.run('grep -r one t; grep -rl --include=*.log one t')).stdout).toBe(
      't/a/.b/c:one\nt/a/d.log:one\nt/a/d.log\n',
    )
    expect((await shell.run('grep -rl --exclude-dir=.b one t/')).stdout).toBe('t/a/d.log\n')
    expect((await shell.run('grep -Rl one t/a | head -1')).stdout).toBe('t/a/.b/c\n')
  })

  it('pack a file and unpack it as it was, and search in it', async () => {
    const shell = openShell()
    await shell.run('echo hé > a; echo ho >> a; cp a kept; gzip a')
    expect((await shell.run('zcat a.gz; zgrep -c h a.gz; zgrep ho a.gz kept')).stdout).toBe(
      'hé\nho\n2\na.gz:ho\nkept:ho\n',
    )
    expect(await shell.run('gunzip a.gz; diff a kept')).toMatchObject({ stdout: '', stderr: '', exit: 0 })
    expect(await shell.run('zcat /var/log/syslog.2.gz | wc -l')).toMatchObject({ stdout: '0\n', stderr: '' })
  })

  it.each([
    ['cat /etc/shadow', 'cat: /etc/shadow: Permission denied\n'],
    ['wc -l /etc/shadow', 'wc: /etc/shadow: Permission denied\n'],
    ['grep root /etc/shadow', 'grep: /etc/shadow: Permission denied\n'],
    [
      'diff /etc/shadow /none',
      'diff: /etc/shadow: Permission denied\ndiff: /none: No such file or directory\n',
    ],
    ['head -1 /etc/shadow /none', /^head: cannot open '\/etc\/shadow' for reading: Permission denied\n/],
    ['sed -i s/a/b/ /etc/hosts', /^sed: couldn't open temporary file \/etc\/sed\w+: Permission denied\n$/],
    ['tar cf /tmp/x.tar /etc/shadow', /tar: \/etc\/shadow: Cannot open: Permission denied\n/],
    ['cat /none', 'cat: /none: No such file or directory\n'],
  ])('say truly why they cannot: %s', async (line, wanted) => {
    const { stderr, exit } = await openShell().run(`sudo -u nobody ${line}`)
    if (typeof wanted === 'string') expect(stderr).toBe(wanted)
    else expect(stderr).toMatch(wanted)
    expect(exit).not.toBe(0)
  })
})
