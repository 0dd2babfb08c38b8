import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('clock', name)

describe('timedatectl', () => {
  it('reads time, zone and whether the clock is kept', () => {
    const { facts, lines } = recorded('timedatectl')
    expect(facts.clock).toEqual({
      time: '2026-11-21T06:28:05Z',
      localTime: '2026-11-21T06:28:05Z',
      synchronized: false,
      timeZone: 'Etc/UTC',
      rtcInLocalTime: false,
    })
    expect(lines.get('clock')).toBe(5)
  })

  it('reads the older form and the form for programs', () => {
    const old = `      Local time: Sat 2026-11-21 07:28:05 CET
  Universal time: Sat 2026-11-21 06:28:05 UTC
        RTC time: Sat 2026-11-21 06:28:04
       Time zone: Europe/Berlin (CET, +0100)
     NTP enabled: yes
NTP synchronized: yes
 RTC in local TZ: no
`
    expect(factsOf('timedatectl status', old).facts.clock).toMatchObject({
      time: '2026-11-21T06:28:05Z',
      localTime: '2026-11-21T07:28:05+01:00',
      synchronized: true,
      ntp: true,
      timeZone: 'Europe/Berlin',
    })
    const shown = 'Timezone=Etc/UTC\nLocalRTC=no\nCanNTP=yes\nNTP=no\nNTPSynchronized=no\n'
    expect(factsOf('timedatectl show', shown).facts.clock).toEqual({
      synchronized: false,
      ntp: false,
      timeZone: 'Etc/UTC',
      rtcInLocalTime: false,
    })
  })

  it('gives no fact without systemd', () => {
    const stderr = "System has not been booted with systemd as init system (PID 1). Can't operate.\n"
    const { facts, diagnostics } = factsOf('timedatectl', '', { stderr, exitCode: 1 })
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_NO_SYSTEMD' }])
  })
})

describe('chronyc', () => {
  it('reads how far the clock is off', () => {
    expect(recorded('chrony-tracking').facts.clock).toEqual({
      synchronized: true,
      offsetSeconds: 0.000002058,
      lastOffsetSeconds: -0.000000498,
      rmsOffsetSeconds: 0.000001089,
      stratum: 9,
      reference: '0A010028 (10.1.0.40)',
    })
    const slow = `Reference ID    : 00000000 ()
Stratum         : 0
System time     : 28797.412003 seconds slow of NTP time
Last offset     : +0.000000000 seconds
Leap status     : Not synchronised
`
    expect(factsOf('chronyc tracking', slow).facts.clock).toMatchObject({
      synchronized: false,
      offsetSeconds: -28797.412003,
      stratum: 0,
    })
  })

  it.each(['chrony-sources', 'chrony-sources-v'])('reads where the time comes from in %s', name => {
    expect(recorded(name).facts.timeSources).toEqual([
      {
        name: '10.1.0.40',
        mode: 'server',
        state: 'selected',
        stratum: 8,
        pollSeconds: 1,
        reachable: true,
        lastSampleSeconds: 0,
        offsetSeconds: -8e-9,
        errorSeconds: 4.547e-6,
      },
      {
        name: '10.1.0.99',
        mode: 'server',
        state: 'unusable',
        stratum: 0,
        pollSeconds: 64,
        reachable: false,
        offsetSeconds: 0,
        errorSeconds: 0,
      },
    ])
  })

  it('reads sources that are far off', () => {
    const row = '^x time2                         3  10     0   45m   +8.1s[ +8.1s] +/-  120ms\n'
    expect(factsOf('chronyc sources', row).facts.timeSources).toMatchObject([
      { name: 'time2', state: 'falseticker', reachable: false, lastSampleSeconds: 2700, offsetSeconds: 8.1 },
    ])
  })

  it('says that chrony does not answer', () => {
    const { facts, diagnostics } = recorded('chrony-down')
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_NO_ANSWER' }])
  })
})

describe('date', () => {
  it.each([
    ['date-plain', '2026-11-21T10:42:05Z'],
    ['date-utc', '2026-11-21T10:42:05Z'],
    ['date-rfc', '2026-11-21T10:42:05Z'],
    ['date-iso', '2026-11-21T10:42:05Z'],
    ['date-epoch', '2026-11-21T10:42:06Z'],
  ])('reads the time in %s', (name, time) => {
    expect(recorded(name).facts).toEqual({ clock: { time }, clockReadings: [{ time }] })
  })

  it('reads twelve hours, the day first, and other languages', () => {
    const timeOf = (text: string) => factsOf('date', `${text}\n`).facts.clockReadings
    expect(timeOf('Sat Nov 21 01:42:05 PM UTC 2026')).toEqual([{ time: '2026-11-21T13:42:05Z' }])
    expect(timeOf('Sat 21 Nov 2026 12:42:05 AM CET')).toEqual([{ time: '2026-11-20T23:42:05Z' }])
    expect(timeOf('sam. 21 nov. 2026 10:42:05 UTC')).toEqual([{ time: '2026-11-21T10:42:05Z' }])
    expect(timeOf('2026-11-21 10:42:05')).toEqual([{ time: '2026-11-21T10:42:05' }])
    expect(timeOf('Sa 21. Mär 11:42:05 CET 2026')).toEqual([{ time: '2026-03-21T10:42:05Z' }])
  })

  it('takes the date of an HTTP answer for another clock, unless a cache kept the answer', () => {
    const asked = (rest: string) =>
      factsOf('date -u; curl -sI https://example.com', `Mon Jan  8 11:02:44 UTC 2024\nHTTP/2 200\n${rest}`)
        .facts
    expect(asked('date: Mon, 08 Jan 2024 12:31:09 GMT\n').clockSpreadSeconds).toBe(5305)
    expect(asked('last-modified: Mon, 01 Jan 2024 12:31:09 GMT\n').clockSpreadSeconds).toBeUndefined()
    expect(asked('age: 5310\ndate: Mon, 08 Jan 2024 09:34:14 GMT\n').clockSpreadSeconds).toBeUndefined()
    const answer = factsOf('curl -sI https://example.com', 'date: Mon, 08 Jan 2024 12:31:09 GMT\n').facts
    expect(answer.clock).toBeUndefined()
  })

  it('tells how far the clocks of several hosts lie apart', () => {
    const sameLine = 'for h in cp-1 cp-2; do echo -n "$h "; ssh $h date -u +%FT%T; done'
    expect(factsOf(sameLine, 'cp-1 2026-11-18T03:12:44\ncp-2 2026-11-18T02:41:09\n').facts).toEqual({
      clockReadings: [
        { host: 'cp-1', time: '2026-11-18T03:12:44Z' },
        { host: 'cp-2', time: '2026-11-18T02:41:09Z' },
      ],
      clockSpreadSeconds: 1895,
    })
    const named = 'cp-1 Wed Nov 18 03:12:44 UTC 2026\ncp-2 Wed Nov 18 03:12:45 UTC 2026\n'
    expect(factsOf('date', named).facts.clockSpreadSeconds).toBe(1)
    expect(recorded('date-nodes').facts).toEqual({
      clockReadings: [
        { host: 'm1', time: '2020-10-06T06:21:50Z' },
        { host: 'n1', time: '2020-10-05T22:21:52Z' },
        { host: 'n2', time: '2020-10-05T22:21:53Z' },
      ],
      clockSpreadSeconds: 28798,
    })
  })

  it('finds its line beside the output of other commands', () => {
    const text =
      'Sat Nov 21 06:11:02 UTC 2026\nsubject=CN = kube-apiserver\nnotAfter=Nov 21 06:10:59 2027 GMT\n'
    const { facts } = factsOf('date -u; openssl x509 -in apiserver.crt -noout -subject -enddate', text)
    expect(facts.certificates).toMatchObject([{ notAfter: '2027-11-21T06:10:59Z' }])
    expect(facts.clock).toEqual({ time: '2026-11-21T06:11:02Z' })
  })
})
