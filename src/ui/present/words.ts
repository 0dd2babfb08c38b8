import type { Run } from '../../session/index.ts'
import type { MarkKind } from '../scene/output-marks.ts'
import { glyphs } from '../theme/glyphs.ts'
import type { Tone } from '../theme/tone.ts'

/** A sign, the word that says the same, and the tone of both. */
export type Word = { readonly sign: string; readonly text: string; readonly tone: Tone }

/** The sign and the word of a marked line. */
export const markWords: Readonly<Record<MarkKind, Word>> = {
  error: { sign: glyphs.bad, text: 'error', tone: 'bad' },
  warning: { sign: glyphs.warn, text: 'warning', tone: 'warn' },
  'look-for': { sign: glyphs.look, text: 'look here', tone: 'accent' },
  info: { sign: glyphs.bullet, text: 'note', tone: 'dim' },
}

/** A length of time as people say it: `0.1 s`, `12 s`, `2 min 5 s`. */
export const formatDuration = (milliseconds: number): string => {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.floor(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}

/** What a command does to the machine. What cannot be told is said so. */
export const effectWord = (effect: Run['effect']): Word => {
  const words: Readonly<Record<Run['effect'], Word>> = {
    read: { sign: ' ', text: 'reads', tone: 'dim' },
    change: { sign: glyphs.warn, text: 'changes', tone: 'warn' },
    destructive: { sign: glyphs.warn, text: 'destroys', tone: 'bad' },
    unknown: { sign: glyphs.warn, text: 'may change', tone: 'warn' },
  }
  return words[effect]
}

const outcomeWord = (outcome: NonNullable<Run['outcome']>): Word => {
  switch (outcome.kind) {
    case 'exited':
      return outcome.code === 0
        ? { sign: glyphs.good, text: 'done', tone: 'good' }
        : { sign: glyphs.warn, text: `exit ${outcome.code}`, tone: 'warn' }
    case 'timed-out':
      return { sign: glyphs.warn, text: 'timed out', tone: 'warn' }
    case 'canceled':
      return { sign: glyphs.warn, text: 'stopped', tone: 'warn' }
    case 'lost':
      return { sign: glyphs.bad, text: 'connection lost', tone: 'bad' }
    case 'not-started':
      return { sign: glyphs.bad, text: notStartedText[outcome.reason], tone: 'bad' }
  }
}

const notStartedText = {
  'not-found': 'not installed',
  denied: 'not allowed',
  unreachable: 'no connection',
  refused: 'refused',
} as const

const millisecondsOf = (instant: string | undefined): number | undefined => {
  const value = instant === undefined ? Number.NaN : Date.parse(instant)
  return Number.isNaN(value) ? undefined : value
}

/** How long a run took, or has taken until `now`, in milliseconds; 0 before it starts. */
export const elapsedMs = (run: Run, now: number): number => {
  const started = millisecondsOf(run.startedAt)
  return started === undefined ? 0 : (millisecondsOf(run.finishedAt) ?? now) - started
}

/** Where a run stands, without its time. `undefined` says that the command was never run. */
export const runWord = (run: Run | undefined): Word => {
  if (run === undefined) return { sign: ' ', text: '', tone: 'dim' }
  switch (run.phase) {
    case 'queued':
      return { sign: glyphs.waiting, text: 'waits', tone: 'dim' }
    case 'awaiting-approval':
      return { sign: glyphs.unknown, text: 'asks you', tone: 'warn' }
    case 'running':
      return { sign: glyphs.running, text: 'running', tone: 'accent' }
    case 'dropped':
      return { sign: glyphs.untouched, text: 'not run', tone: 'dim' }
    case 'finished':
      return run.outcome === undefined
        ? { sign: glyphs.untouched, text: 'ended', tone: 'dim' }
        : outcomeWord(run.outcome)
  }
}

/** The time to show beside a run: of one that runs or that ended by itself. */
export const runTime = (run: Run | undefined, now: number): string => {
  if (run === undefined) return ''
  if (run.phase !== 'running' && run.phase !== 'finished') return ''
  if (run.outcome?.kind === 'not-started') return ''
  return formatDuration(elapsedMs(run, now))
}

/** A share from 0 to 1 as people read it: `34 %`, never rounded up to the whole. */
export const formatShare = (share: number): string => `${Math.floor(share * 100)} %`
