import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Debrief, DrillLog } from '../../drill/index.ts'
import type { Invocation } from '../command.ts'
import { stateDirOf } from '../state-dir-of.ts'

const scoreShape = v.object({
  drill: v.string(),
  trainee: v.string(),
  at: v.string(),
  seed: v.number(),
  points: v.number(),
  tookMs: v.number(),
  hints: v.number(),
  isTimed: v.boolean(),
})

/** A finished drill in the book of scores. `at` is the real time of its end, ISO 8601. */
export type BookedScore = Readonly<v.InferOutput<typeof scoreShape>>

const bookOf = (invocation: Invocation): string => join(stateDirOf(invocation), 'drill-scores.jsonl')

const traineeOf = (): string => {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}

/** Adds a score to the book; gives a sentence when it could not be kept. */
export const bookScore = (invocation: Invocation, { score }: Debrief, log: DrillLog): string | undefined => {
  const path = bookOf(invocation)
  const { points, tookMs, hints } = score
  const booked: BookedScore = {
    drill: log.drill,
    trainee: traineeOf(),
    at: new Date().toISOString(),
    seed: log.seed,
    points,
    tookMs,
    hints,
    isTimed: log.isTimed,
  }
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
    appendFileSync(path, `${JSON.stringify(booked)}\n`, { mode: 0o600 })
    return undefined
  } catch (error) {
    return `The score was not kept: ${error instanceof Error ? error.message : error}`
  }
}

const parseScore = (line: string): readonly BookedScore[] => {
  try {
    const read = v.safeParse(scoreShape, JSON.parse(line))
    return read.success ? [read.output] : []
  } catch {
    return []
  }
}

/** The scores of the book, oldest first; lines that cannot be read are passed over. */
export const readScores = (invocation: Invocation): readonly BookedScore[] => {
  try {
    return readFileSync(bookOf(invocation), 'utf8').split('\n').flatMap(parseScore)
  } catch {
    return []
  }
}
