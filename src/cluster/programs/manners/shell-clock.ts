import { chanceBetween } from '../../chance.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { formatDate } from '../system/format-date.ts'

const LARGEST_RANDOM = 32_767
const LARGEST_STRONG_RANDOM = 4_294_967_295
const SECOND_MS = 1_000

const timeOf = ({ world, machine, passage }: Call, given: string): number => {
  const seconds = Number(given === '' ? -1 : given)
  if (seconds === -2) return passage.openedMs
  return seconds === -1 ? world.nowMs : seconds * SECOND_MS - machine.clockOffsetMs
}

const answers: Readonly<Record<string, (call: Call, words: readonly string[]) => string>> = {
  RANDOM: ({ world }) => String(chanceBetween(world, { least: 0, most: LARGEST_RANDOM })),
  SRANDOM: ({ world }) => String(chanceBetween(world, { least: 0, most: LARGEST_STRONG_RANDOM })),
  EPOCHSECONDS: ({ world, machine }) => String(Math.floor(machineNowMs(world, machine) / SECOND_MS)),
  EPOCHREALTIME: ({ world, machine }) => `${(machineNowMs(world, machine) / SECOND_MS).toFixed(3)}412`,
  SECONDS: ({ world, passage }, [since = '']) =>
    String(Math.floor((world.nowMs - Number(since === '' ? passage.openedMs : since)) / SECOND_MS)),
  since: ({ world }, [seconds = '0']) => String(world.nowMs - Number(seconds) * SECOND_MS),
  world: ({ world }) => String(world.nowMs),
  date: (call, [format = '', given = '-1']) =>
    formatDate(call.machine, timeOf(call, given), format === '' ? '%T' : format),
}

/** What bash tells by itself of time and chance: `$RANDOM`, `$EPOCHSECONDS`, `%(…)T` of printf. The shell's rewriting asks for it. */
export const shellClock: Program = {
  names: ['__now'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const [name = '', ...words] = call.args
    return { stdout: answers[name]?.(call, words) ?? '', tookMs: 0 }
  },
}

const minutesAndSeconds = (ms: number): string =>
  `${Math.floor(ms / 60_000)}m${((ms % 60_000) / SECOND_MS).toFixed(3)}s`

/** How much of a command's time its process computes for, at most: the rest is waiting. */
const MOST_COMPUTING_MS = 120

/** What bash's `time` says of the pipeline that has just ended, and its status; on stdout when those began that it lies in. */
export const shellTime: Program = {
  names: ['__took'],
  isInstalled: everywhere,
  run: ({ args: [status = '0', pile = '', form], world }): Reply => {
    const [began = '0', ...others] = pile.split(' ')
    const ms = world.nowMs - Number(began)
    const computing = Math.min(ms, MOST_COMPUTING_MS)
    const spans = { real: ms, user: computing * 0.6, sys: computing * 0.2 }
    const rows = Object.entries(spans).map(([name, span]) =>
      form === 'posix'
        ? `${name} ${(span / SECOND_MS).toFixed(2)}`
        : `${name}\t${minutesAndSeconds(Math.round(span))}`,
    )
    const stderr = `${form === 'posix' ? '' : '\n'}${rows.join('\n')}\n`
    return { stdout: others.join(' '), stderr, exit: Number(status), tookMs: 0 }
  },
}
