import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { DrillRecord } from '../../drill/index.ts'
import { traineeHere } from './trainee-here.ts'

const scoreShape = v.object({
  drill: v.string(),
  trainee: v.string(),
  at: v.string(),
  seed: v.number(),
  points: v.number(),
  tookMs: v.number(),
  hints: v.number(),
  isTimed: v.boolean(),
  record: v.optional(v.string()),
})

/** A finished drill in the book of scores. `at` is the real time of its end, ISO 8601; `record` is what `runtree report` knows it by. */
export type BookedScore = Readonly<v.InferOutput<typeof scoreShape>>

const bookOf = (stateDir: string): string => join(stateDir, 'drill-scores.jsonl')

/** Adds a drill's score to the book; gives a sentence when it could not be kept. */
export const bookScore = (stateDir: string, record: DrillRecord): string | undefined => {
  const { log, debrief, trainee, finishedAt, id } = record
  const path = bookOf(stateDir)
  const { points, tookMs, hints } = debrief.score
  const booked: BookedScore = {
    drill: log.drill,
    trainee,
    at: finishedAt,
    seed: log.seed,
    points,
    tookMs,
    hints,
    isTimed: log.isTimed,
    record: id,
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
export const readScores = (stateDir: string): readonly BookedScore[] => {
  try {
    return readFileSync(bookOf(stateDir), 'utf8').split('\n').flatMap(parseScore)
  } catch {
    return []
  }
}

/** The scores of whoever sits here, oldest first. */
export const ownScores = (stateDir: string): readonly BookedScore[] => {
  const trainee = traineeHere()
  return readScores(stateDir).filter(score => score.trainee === trainee)
}

/** The points of each finish of a drill by whoever sits here, oldest first. */
export const pointsOf = (stateDir: string, drill: string): readonly number[] =>
  ownScores(stateDir).flatMap(score => (score.drill === drill ? [score.points] : []))
