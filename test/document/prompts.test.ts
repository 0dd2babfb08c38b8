import { describe, expect, it } from 'vitest'
import { commandsIn, fencesOf, parse } from './read.ts'

const read = (content: string, language: string) =>
  commandsIn(content, language).map(({ run, place }) => [run, place])

describe('prompts', () => {
  it.each<readonly [line: string, language: string, run: string, place: string | undefined]>([
    ['$ ls -l', '', 'ls -l', undefined],
    ['$ ls', 'bash', 'ls', undefined],
    ['# ls', 'console', 'ls', undefined],
    ['# for f in *; do ls; done', 'console', 'for f in *; do ls; done', undefined],
    ['% ls', 'console', 'ls', undefined],
    ['node-1$ ls', '', 'ls', 'node-1'],
    ['node-1$ ls', 'bash', 'ls', 'node-1'],
    ['node-1-planet$ ls', 'bash', 'ls', 'node-1-planet'],
    ['debug-pod$ ls', 'bash', 'ls', 'debug-pod'],
    ['node-{1,2,3}$ ls', 'bash', 'ls', 'node-{1,2,3}'],
    ['node-1# ls', 'console', 'ls', 'node-1'],
    ['root@worker-2:~# ls', '', 'ls', 'worker-2'],
    ['root@x:/etc/kubernetes# ls', 'console', 'ls', 'x'],
    ['ops@cp-1:~$ ls', 'bash', 'ls', 'cp-1'],
    ['[ops@cp-1 dir]$ ls', 'bash', 'ls', 'cp-1'],
    ['[root@cp-1 ~]# ls', 'console', 'ls', 'cp-1'],
    ['(venv) ops@cp-1:~$ ls', '', 'ls', 'cp-1'],
    ['bash-5.1$ ls', '', 'ls', undefined],
    ['sh-4.4# ls', 'console', 'ls', undefined],
    ['/ # ls', 'console', 'ls', undefined],
    ['~ $ ls', 'console', 'ls', undefined],
    ['  $ ls', 'bash', 'ls', undefined],
  ])('%s in a fence tagged "%s" are stripped and tell the place', (line, language, ...command) => {
    expect(read(`${line}\nsome output`, language)).toEqual([command])
  })

  it('make everything up to the next prompt sample output', () => {
    const content = 'node-1$ a\nout 1\n\nout 2\n\nnode-2$ b\nls\nrm -rf /\n'
    expect(commandsIn(content).map(({ run, sample }) => [run, sample])).toEqual([
      ['a', 'out 1\n\nout 2'],
      ['b', 'ls\nrm -rf /'],
    ])
  })

  it('may stand before commands of several lines', () => {
    const content =
      '$ journalctl \\\n    -u kubelet\nout\n$ cat <<EOF\na\nEOF\nb\n$ for i in 1; do\n> echo $i\n> done\n1'
    expect(commandsIn(content, '').map(({ run, sample }) => [run, sample])).toEqual([
      ['journalctl -u kubelet', 'out'],
      ['cat <<EOF\na\nEOF', 'b'],
      ['for i in 1; do\necho $i\ndone', '1'],
    ])
  })

  it('leave text before the first of them readable and not run', () => {
    const [fence] = fencesOf(parse('```bash\nls\n\n# list\n$ kubectl get nodes\n```'))
    expect(fence?.parts).toMatchObject([
      { kind: 'text', text: 'ls' },
      { kind: 'command', run: 'kubectl get nodes', caption: 'list' },
    ])
  })

  it('of output that shows prompts, indented deeper, do not count', () => {
    expect(read('$ kubectl --help\nExamples:\n    $ kubectl get pods', 'console')).toEqual([
      ['kubectl --help', undefined],
    ])
  })

  it('that are empty end the output above them', () => {
    expect(commandsIn('$ a\nout\n$\nmore', '').map(({ run, sample }) => [run, sample])).toEqual([
      ['a', 'out'],
    ])
  })

  it('of root are comments in a script', () => {
    expect(commandsIn('# systemctl restart kubelet\nls').map(({ run }) => run)).toEqual(['ls'])
  })

  it('of root are told from sentences in a console block', () => {
    const content =
      '# Check the service\n$ systemctl status kubelet\nactive\n\n# then restart the unit\n# systemctl restart kubelet'
    expect(commandsIn(content, 'console').map(({ run, caption }) => [run, caption])).toEqual([
      ['systemctl status kubelet', 'Check the service'],
      ['systemctl restart kubelet', 'then restart the unit'],
    ])
  })

  it('are not taken from comments of a console block without prompts', () => {
    expect(read('# show pods\nkubectl get pods\n# or all of them\nkubectl get pods -A', 'console')).toEqual([
      ['kubectl get pods', undefined],
      ['kubectl get pods -A', undefined],
    ])
  })

  it('are looked for in percentages and prices in vain', () => {
    expect(read('0% packet loss\nC# code\nkey# x', '')).toEqual([])
  })
})
