import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTranscript } from '../../../src/facts/index.ts'

const read = (text: string) => {
  const transcript = createTranscript()
  return text.split('\n').map(line => {
    const found = transcript.read(line)
    return found.kind === 'output' ? 'output' : `${found.kind} ${found.command}`
  })
}

describe('a recorded terminal', () => {
  it('is split where a prompt stands', () => {
    expect(read('root@a:~# date\nSat Nov 21\nroot@a:~# uptime\n 10:00 up\nroot@a:~#')).toEqual([
      'command date',
      'output',
      'command uptime',
      'output',
      'command ',
    ])
  })

  it('joins a command that goes on over several lines', () => {
    expect(read('$ kubectl get pods \\\n>   -A \\\n>   -o wide\nNAME')).toEqual([
      'command kubectl get pods ',
      'continuation kubectl get pods   -A ',
      'continuation kubectl get pods   -A   -o wide',
      'output',
    ])
  })

  it('takes a known command on the first line for what was typed', () => {
    expect(read('\ndf -h\nFilesystem Size')).toEqual(['output', 'command df -h', 'output'])
  })

  it.each([
    ['top - 06:17:42 up 9 days,  2:11,  1 user,  load average: 0.10, 0.20, 0.30'],
    ['Filesystem      Size  Used Avail Use% Mounted on'],
    ['iptables v1.8.7 (nf_tables): Could not fetch rule set'],
    ['curl: (7) Failed to connect to 127.0.0.1 port 6443'],
    ['mount is busy'],
    ['active'],
    ['F plugin/forward: no nameservers found: /etc/resolv.conf'],
    ['Reading /proc/meminfo'],
    ['Failed: /etc/os-release'],
  ])('does not take the output %s for a command', line => {
    expect(read(`${line}\nmore`)).toEqual(['output', 'output'])
  })

  it('looks for a command without a prompt on the first line only', () => {
    expect(read('total 4\ndf -h\nuptime')).toEqual(['output', 'output', 'output'])
  })

  it('takes words that every object knows for words', () => {
    expect(read('valueOf\nconstructor').length).toBeGreaterThan(0)
  })

  it('never throws', () => {
    const line = fc.oneof(fc.string(), fc.stringMatching(/^[$#%>+=~@: a-z\\[\]]{0,40}$/))
    fc.assert(
      fc.property(fc.array(line), lines => {
        expect(read(lines.join('\n')).length).toBeGreaterThan(0)
      }),
    )
  })
})
