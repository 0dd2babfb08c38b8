import { describe, expect, it } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const pingsOf = (command: string, stdout: string) => factsOf(command, stdout, { exitCode: 1 }).facts.pings

describe('ping', () => {
  it.each([
    [
      '5 packets transmitted, 3 received, +2 duplicates, +1 errors, 40% packet loss, time 4012ms',
      { errors: 1, duplicates: 2, lossPercent: 40 },
    ],
    [
      '3 packets transmitted, 3 packets received, 4 duplicates, 0% packet loss',
      { duplicates: 4, lossPercent: 0 },
    ],
    [
      '4 packets transmitted, 0 received, +4 errors, 100% packet loss, time 3061ms',
      { errors: 4, lossPercent: 100 },
    ],
    [
      '7 packets transmitted, 6 received, +1 corrupted, 14.2857% packet loss, time 6034ms',
      { lossPercent: 14.2857 },
    ],
    [
      '2 packets transmitted, 2 packets received, 0.0% packet loss',
      { transmitted: 2, received: 2, lossPercent: 0 },
    ],
  ])('reads the sums in %s', (sums, fields) => {
    const text = `PING 10.1.0.9 (10.1.0.9) 56(84) bytes of data.\n\n--- 10.1.0.9 ping statistics ---\n${sums}\n`
    expect(pingsOf('ping 10.1.0.9', text)).toMatchObject([fields])
  })

  it('counts what IPv6 says of places out of reach', () => {
    const text = `PING fd00:10::9(fd00:10::9) 56 data bytes
From fd00:10::1 icmp_seq=1 Destination unreachable: Address unreachable
From fd00:10::1 icmp_seq=2 Destination unreachable: No route
From fd00:10::1 icmp_seq=3 Destination unreachable: Administratively prohibited

--- fd00:10::9 ping statistics ---
3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2030ms
`
    expect(pingsOf('ping -6 fd00:10::9', text)).toMatchObject([
      { target: 'fd00:10::9', unreachable: 2, prohibited: 1, errors: 3 },
    ])
  })

  it('takes the target from the command where only the sums are left', () => {
    const sums = '2 packets transmitted, 1 received, 50% packet loss, time 1009ms\n'
    const expected = { resolved: true, transmitted: 2, received: 1, lossPercent: 50 }
    expect(pingsOf('ping -c 2 worker-1 | grep loss', sums)).toEqual([{ target: 'worker-1', ...expected }])
    expect(pingsOf('ping worker-1 -c 2 -W 1 | tail -1', sums)).toEqual([{ target: 'worker-1', ...expected }])
    expect(pingsOf('for h in a b; do ping -c 2 $h | tail -1; done', sums)).toEqual([expected])
  })
})
