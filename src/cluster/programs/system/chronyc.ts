import { writeJournal } from '../../journal/write-journal.ts'
import { localTime, setClockOffset } from '../../relations/clock.ts'
import { timeServiceState, timeSourcesOf } from '../../relations/time-sources.ts'
import { unitOf } from '../../relations/unit-of.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

const seconds = (ms: number): string => (Math.abs(ms) / 1000).toFixed(9)

const human = (ms: number): string => {
  const size = Math.abs(ms)
  const sign = ms < 0 ? '-' : '+'
  if (size < 1) return `${sign}${Math.round(size * 1000)}us`
  return size < 10_000 ? `${sign}${Math.round(size)}ms` : `${sign}${Math.round(size / 1000)}s`
}

const tracking = (call: Call): string => {
  const { host, world } = call
  const { poll, lastS } = pollingOf(call, 0)
  const [best] = timeSourcesOf(world, host).filter(({ isReached }) => isReached)
  const isSynced = host.isTimeSynchronized && best !== undefined
  const offset = host.clockOffsetMs
  const { weekday, monthName, day, time, year } = localTime(
    { ...host, timezone: 'UTC' },
    world.nowMs - lastS * 1_000,
  )
  const rows: readonly (readonly [string, string])[] = [
    [
      'Reference ID',
      isSynced
        ? `${best.address
            .split('.')
            .map(part => Number(part).toString(16).padStart(2, '0'))
            .join('')
            .toUpperCase()} (${best.address})`
        : '00000000 ()',
    ],
    ['Stratum', isSynced ? '3' : '0'],
    [
      'Ref time (UTC)',
      isSynced ? `${weekday} ${monthName} ${day} ${time} ${year}` : 'Thu Jan 01 00:00:00 1970',
    ],
    [
      'System time',
      `${seconds(isSynced ? 0.018 : offset)} seconds ${offset > 0 ? 'fast' : 'slow'} of NTP time`,
    ],
    ['Last offset', `${isSynced ? '-0.000021440' : '+0.000000000'} seconds`],
    ['RMS offset', `${isSynced ? '0.000104213' : '0.000000000'} seconds`],
    ['Frequency', '14.218 ppm slow'],
    ['Residual freq', '-0.001 ppm'],
    ['Skew', '0.041 ppm'],
    ['Root delay', `${isSynced ? '0.014873218' : '1.000000000'} seconds`],
    ['Root dispersion', `${isSynced ? '0.001204417' : '1.000000000'} seconds`],
    ['Update interval', `${isSynced ? (poll === '10' ? '1032.4' : '64.2') : '0.0'} seconds`],
    ['Leap status', isSynced ? 'Normal' : 'Not synchronised'],
  ]
  return asText(rows.map(([label, value]) => `${label.padEnd(16)}: ${value}`))
}

const BURST_S = 8
const POLL_S = 64

type Polling = { readonly poll: string; readonly reach: string; readonly lastS: number }

/** How far chronyd has come with a server that answers: four quick samples at its start, then one a minute, later ever fewer. */
const pollingOf = ({ host, world }: Call, at: number): Polling => {
  const startedMs = unitOf(host, 'chronyd')?.startedMs ?? host.bootedMs
  const upS = Math.floor((world.nowMs - startedMs) / 1000)
  if (upS > 10 * POLL_S) return { poll: '10', reach: '377', lastS: 212 + at * 31 }
  const samples = upS < BURST_S ? Math.ceil(upS / 2) : 4 + Math.floor((upS - BURST_S) / POLL_S)
  const lastS = upS < BURST_S ? upS % 2 : (upS - BURST_S) % POLL_S
  return { poll: ' 6', reach: (2 ** Math.min(8, samples) - 1).toString(8).padStart(3), lastS }
}

const sources = (call: Call, isVerbose: unknown): string => {
  const { host, world } = call
  const all = timeSourcesOf(world, host)
  const rows = all.map(({ address, isReached }, at) => {
    const { poll, reach, lastS } = pollingOf(call, at)
    const mark = isReached ? (at === 0 && host.isTimeSynchronized ? '*' : '+') : '?'
    const sample = isReached
      ? `${human(-host.clockOffsetMs - 0.2 - at / 7).padStart(7)}[${human(-host.clockOffsetMs - 0.21 - at / 7).padStart(7)}] +/- ${12 + at * 3}ms`
      : '    +0ns[   +0ns] +/-    0ns'
    return `^${mark} ${address.padEnd(28)} ${isReached ? 2 : 0}  ${isReached ? poll : ' 6'}   ${isReached ? reach : '  0'}  ${(isReached ? String(lastS) : '-').padStart(4)}  ${sample}`
  })
  const legend =
    isVerbose === true
      ? [
          '',
          "  .-- Source mode  '^' = server, '=' = peer, '#' = local clock.",
          " / .- Source state '*' = current best, '+' = combined, '-' = not combined,",
          "| /             'x' = may be in error, '~' = too variable, '?' = unusable.",
        ]
      : []
  return asText([
    ...legend,
    'MS Name/IP address         Stratum Poll Reach LastRx Last sample               ',
    '='.repeat(79),
    ...rows,
  ])
}

/** Sets the clock right at once, which chronyd tells where it was wrong. */
const step = ({ world, host }: Call): void => {
  const { clockOffsetMs: offset } = host
  const unit = unitOf(host, 'chronyd')
  if (offset !== 0)
    writeJournal(host, {
      atMs: world.nowMs,
      unit: unit?.name,
      identifier: 'chronyd',
      pid: unit?.mainPid,
      priority: 4,
      message: `System clock was stepped by ${(-offset / 1000).toFixed(6)} seconds`,
    })
  setClockOffset(world.nowMs, host, 0)
  host.isTimeSynchronized = true
}

const WAITS_MS = 10_000

/** `waitsync`: one line a try, until the clock is right or the tries are over. */
const waitForSync = ({ host, args }: Call, hasSource: boolean): Reply => {
  const most = Number(args[args.indexOf('waitsync') + 1] ?? 0) || 1
  const isRight = hasSource && host.isTimeSynchronized
  const correction = isRight ? '0.000018000' : '0.000000000'
  const line = (at: number): string =>
    `try: ${at}, refid: ${isRight ? 'B97DBE38' : '00000000'}, correction: ${correction}, skew: ${isRight ? '0.041' : '0.000'}`
  return {
    stdout: asText(Array.from({ length: isRight ? 1 : most }, (_, at) => line(at + 1))),
    exit: isRight ? 0 : 1,
    tookMs: isRight ? 5 : (most - 1) * WAITS_MS,
  }
}

/** chronyc(1): what chronyd knows of its sources. */
export const chronyc: Program = {
  names: ['chronyc'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { host, args } = call
    if (timeServiceState(call.host) !== 'active') return { stdout: '506 Cannot talk to daemon\n', exit: 1 }
    const [verb, ...rest] = args.filter(arg => !/^-[nmda]$/.test(arg))
    const hasSource = timeSourcesOf(call.world, host).some(({ isReached }) => isReached)
    switch (verb) {
      case undefined:
      case 'tracking':
        return { stdout: tracking(call) }
      case 'sources':
        return { stdout: sources(call, rest.includes('-v')) }
      case 'sourcestats':
        return {
          stdout: asText([
            'Name/IP Address            NP  NR  Span  Frequency  Freq Skew  Offset  Std Dev',
            '='.repeat(78),
            ...timeSourcesOf(call.world, host).map(
              ({ address, isReached }) =>
                `${address.padEnd(26)} ${isReached ? '14   8  211m' : ' 0   0     0'}     ${isReached ? '-0.002      0.041   -124us   102us' : '+0.000   2000.000     +0ns  4000ms'}`,
            ),
          ]),
        }
      case 'makestep':
        if (hasSource) step(call)
        return { stdout: '200 OK\n' }
      case 'activity':
        return {
          stdout: `200 OK\n${hasSource ? 4 : 0} sources online\n${hasSource ? 0 : 4} sources offline\n0 sources doing burst (return to online)\n0 sources doing burst (return to offline)\n0 sources with unknown address\n`,
        }
      case 'burst':
      case 'online':
        return { stdout: '200 OK\n' }
      case 'waitsync':
        return waitForSync(call, hasSource)
      default:
        return { stdout: 'Unrecognized command\n', exit: 1 }
    }
  },
}
