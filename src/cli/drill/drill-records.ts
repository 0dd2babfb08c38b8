import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { fail, type Result, reasonOf, succeed } from '../../base/index.ts'
import type { DrillRecord } from '../../drill/index.ts'
import { writeOutput } from '../write-output.ts'
import { drillRecordShape } from './drill-record-shape.ts'

const ENDING = '.json'

const folderOf = (stateDir: string): string => join(stateDir, 'drills')

/** Keeps the record of a finished drill, readable for its owner alone; gives a sentence when that could not be. */
export const writeDrillRecord = (stateDir: string, record: DrillRecord): string | undefined => {
  const folder = folderOf(stateDir)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeOutput(join(folder, `${record.id}${ENDING}`), `${JSON.stringify(record)}\n`)
    return undefined
  } catch (error) {
    return `The drill's record was not kept: ${error instanceof Error ? error.message : error}`
  }
}

/** The ids of all drills that were kept, newest first; none where there is no such directory. */
export const drillRecordIds = (stateDir: string): readonly string[] => {
  try {
    return readdirSync(folderOf(stateDir))
      .filter(name => name.endsWith(ENDING))
      .map(name => basename(name, ENDING))
      .sort()
      .reverse()
  } catch {
    return []
  }
}

/** The record of a drill by its id; a sentence when it cannot be read. Never throws. */
export const readDrillRecord = (stateDir: string, id: string): Result<DrillRecord, string> => {
  try {
    const text = readFileSync(join(folderOf(stateDir), `${id}${ENDING}`), 'utf8')
    const read = v.safeParse(drillRecordShape, JSON.parse(text))
    return read.success ? succeed(read.output) : fail('it is not what this version of runtree keeps.')
  } catch (error) {
    return fail(reasonOf(error))
  }
}
