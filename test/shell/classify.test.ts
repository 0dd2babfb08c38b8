import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classify } from '../../src/shell/index.ts'

type Kind = 'read' | 'change' | 'destructive' | 'inject' | 'interactive' | 'follow'
type Documented = { readonly kind: Kind; readonly run: string }

const readLines = <T>(name: string): readonly T[] =>
  readFileSync(new URL(`../fixtures/shell/classify/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as T)

const documented = readLines<Documented>('documented.jsonl')
const of = (...kinds: Kind[]): string[] =>
  documented.filter(item => kinds.includes(item.kind)).map(item => item.run)

describe('classify on the commands of real runbooks', () => {
  // Writing a file changes something, even where the document that suggests it only wants to keep an output.
  const writesAFile = 'journalctl -u kubelet --since "1 hour ago" > kubelet.log'

  test.each(of('read').filter(run => run !== writesAFile))('reads, and ends by itself: %s', run => {
    expect(classify(run)).toMatchObject({ effect: 'read', interactive: false, follow: false })
  })

  test.each(of('change'))('changes something: %s', run => {
    expect(['change', 'destructive']).toContain(classify(run).effect)
  })

  test.each(of('inject'))('is not called read: %s', run => {
    expect(classify(run).effect).not.toBe('read')
  })

  test.each(of('destructive'))('destroys something: %s', run => {
    expect(classify(run).effect).toBe('destructive')
  })

  test.each(of('interactive'))('needs the terminal: %s', run => {
    expect(classify(run).interactive).toBe(true)
  })

  test.each(of('follow'))('does not end by itself: %s', run => {
    expect(classify(run).follow).toBe(true)
  })
})

describe('classify on lines that hide what they do', () => {
  test.each(readLines<string>('evasions.jsonl'))('is not fooled by %j', line => {
    expect(classify(line).effect).not.toBe('read')
  })
})

describe('classify on what tools can do besides looking', () => {
  test('calls none of these lines read', () => {
    const missed = readLines<string>('evasions-by-tool.jsonl').filter(
      line => classify(line).effect === 'read',
    )
    expect(missed).toEqual([])
  })

  test('lets every one of these lines run unasked', () => {
    const missed = readLines<string>('reads-by-tool.jsonl').filter(line => classify(line).effect !== 'read')
    expect(missed).toEqual([])
  })
})

describe('classify on everyday reading lines', () => {
  test.each(readLines<string>('reads.jsonl'))('lets %j run unasked', line => {
    expect(classify(line)).toMatchObject({ effect: 'read', interactive: false })
  })
})

describe('classify', () => {
  test('names every program of a line with its reason, wrappers aside', () => {
    const effect = classify('sudo crictl ps -a | grep etcd && sudo rm -f /tmp/x')
    expect(effect).toMatchObject({
      command: 'sudo crictl ps -a | grep etcd && sudo rm -f /tmp/x',
      effect: 'destructive',
      because: 'rm: deletes files',
      stages: [
        { argv0: 'crictl', effect: 'read' },
        { argv0: 'grep', effect: 'read' },
        { argv0: 'rm', effect: 'destructive' },
      ],
    })
  })

  test.each([
    ['kubectl get nodes -w', true],
    ['kubectl logs -f web-0', true],
    ['kubectl logs --follow=false web-0', false],
    ['journalctl -fu kubelet', true],
    ['journalctl -u kubelet -n 50', false],
    ['tail -F /var/log/syslog', true],
    ['timeout 10 tail -f /var/log/syslog', false],
    ['watch df -h', true],
    ['ping 10.0.0.1', true],
    ['ping -c 4 10.0.0.1', false],
    ['tcpdump -i any', true],
    ['tcpdump -i any -c 5', false],
    ['top -b', true],
    ['top -b -n 1', false],
    ['vmstat 1', true],
    ['vmstat 1 5', false],
    ['dmesg -w', true],
    ['while true; do date; sleep 1; done', true],
    ['docker stats', true],
    ['docker stats --no-stream', false],
    ['crictl stats', false],
    ['sleep infinity', true],
  ])('%s: runs until stopped is %s', (line, follow) => {
    expect(classify(line).follow).toBe(follow)
  })

  test.each([
    ['top', true],
    ['top -bn1', false],
    ['htop', true],
    ['less /var/log/syslog', true],
    ['vi /etc/hosts', true],
    ['man ip', true],
    ['kubectl exec -it web-0 -- sh', true],
    ['kubectl exec web-0 -- cat /etc/hosts', false],
    ['sudo gravity shell', true],
    ['ssh worker-2', true],
    ['ssh worker-2 uptime', false],
    ['sudo -i', true],
    ['su -', true],
    ['bash', true],
    ['bash -c "df -h"', false],
    ['nsenter -t 1 -m', true],
    ['journalctl -u kubelet', false],
    ['systemctl status kubelet', false],
    ['kubectl edit cm coredns', true],
    ['crontab -e', false],
  ])('%s: needs the terminal is %s', (line, interactive) => {
    expect(classify(line).interactive).toBe(interactive)
  })

  test.each([
    ['kubectl delete pod web-0', 'change'],
    ['kubectl delete pvc data', 'destructive'],
    ['kubectl drain worker-2', 'change'],
    ['kubectl drain worker-2 --delete-emptydir-data', 'destructive'],
    ['mv /etc/kubernetes/manifests/etcd.yaml /tmp/', 'destructive'],
    ['mv /tmp/etcd.yaml /etc/kubernetes/manifests/', 'change'],
    ['iptables -L -n', 'read'],
    ['iptables -A INPUT -j DROP', 'change'],
    ['iptables -F', 'destructive'],
    ['ls > out', 'change'],
    ['ls > /dev/null 2>&1', 'read'],
    ['frobnicate --list', 'unknown'],
    ['$TOOL --list', 'unknown'],
    ['', 'read'],
    ['# only a comment', 'read'],
  ])('%s is %s', (line, effect) => {
    expect(classify(line).effect).toBe(effect)
  })

  test('takes a placeholder for a word, and a redirection for what it is', () => {
    expect(classify('kubectl describe node <node-name>').effect).toBe('read')
    expect(classify('curl -k https://<api-server>:6443/healthz').effect).toBe('read')
    expect(classify('cat <file> copy').effect).toBe('change')
  })

  test('walks a loop over known words once for each', () => {
    expect(classify('for c in ls df; do $c; done').effect).toBe('read')
    expect(classify('for c in ls rm; do $c /tmp/x; done').effect).toBe('destructive')
  })

  test('answers in time whatever loops stand inside one another', () => {
    const words = Array.from({ length: 40 }, (_, index) => `w${index}`).join(' ')
    const line = `${'for i in W; do '.repeat(8)}echo $i; ${'done; '.repeat(8)}`.replaceAll('W', words)
    expect(classify(line).effect).toBe('read')
  })

  const reads = fc.constantFrom(...readLines<string>('reads.jsonl').filter(line => !/<<|['"]$/.test(line)))
  const harms = fc.constantFrom(
    'rm -rf /tmp/x',
    'kubectl delete pod web-0',
    'systemctl stop kubelet',
    'frob',
    '$TOOL',
  )

  test('is not led astray by what reads beside what changes', () => {
    const joins = fc.constantFrom(
      'R; H',
      'R && H',
      'R || H',
      'R | H',
      'H | R',
      'R & H',
      'R\nH',
      '(R; H)',
      'if R; then H; fi',
      'echo "$(H)"; R',
    )
    fc.assert(
      fc.property(joins, reads, harms, (join, read, harm) => {
        expect(classify(join.replace('R', () => read).replace('H', () => harm)).effect).not.toBe('read')
      }),
    )
  })

  test('sees through any wrappers around what changes', () => {
    const wrapper = fc.constantFrom(
      'sudo -n',
      'env A=1',
      'timeout 5',
      'nice -n 5',
      'nohup',
      'stdbuf -oL',
      'xargs',
      'watch',
      'ssh worker-2',
      'kubectl exec web-0 --',
      'nsenter -t 1 -m',
      'chroot /host',
      'command',
      'time',
    )
    fc.assert(
      fc.property(fc.array(wrapper, { maxLength: 5 }), harms, (wrappers, harm) => {
        expect(classify([...wrappers, harm].join(' ')).effect).not.toBe('read')
      }),
    )
  })

  test('never throws, whatever it is given', () => {
    const piece = fc.constantFrom(
      'ls',
      'rm',
      '$(',
      ')',
      '`',
      '"',
      "'",
      '|',
      '&',
      ';',
      '<<',
      'EOF',
      '\n',
      '{',
      '}',
      'for',
      'do',
      '$X',
      '((',
      '<',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map(pieces => pieces.join(' ')),
        ),
        line => {
          expect(classify(line).command).toBe(line)
        },
      ),
    )
  })

  test('calls nothing read that is broken or nested beyond reason', () => {
    expect(classify('echo "open').effect).toBe('unknown')
    expect(classify(`${'$('.repeat(2000)}ls${')'.repeat(2000)}`).effect).toBe('unknown')
  })
})
