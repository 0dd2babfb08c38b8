import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CapturedOutput } from '../../base/index.ts'
import type { Run } from '../../session/index.ts'
import { readBody } from '../read-body.ts'
import { bodiesFolder, bodyFile, namesIn, rotatedFolder } from '../session-paths.ts'
import type { StoredSession } from '../types.ts'
import type { Remark } from './types.ts'

const emptyOutput: CapturedOutput = { firstLine: 1, lines: [], totalLines: 0, totalBytes: 0 }

/** The output of a run, where it is at hand, or what there is to say of it. */
export type FoundOutput = { readonly output?: CapturedOutput; readonly remark?: Remark }

/** Reads the output of a run that has ended and checks its digest. */
export const findOutput = (path: string, run: Run): FoundOutput => {
  const { body, runId, totalLines } = run
  if (body === undefined)
    return totalLines === 0
      ? { output: emptyOutput }
      : { remark: { kind: 'remark', runId, text: 'Its output could not be kept when it ran.' } }
  const output = readBody(path, run)
  if (output !== undefined) return { output }
  const isThere = existsSync(join(bodiesFolder(path), bodyFile(body.digest)))
  if (isThere)
    return { remark: { kind: 'damage', runId, text: `Its output is not what it was: ${body.digest}.txt` } }
  return existsSync(rotatedFolder(path))
    ? { remark: { kind: 'remark', runId, text: 'Its output was let go, as the settings say.' } }
    : { remark: { kind: 'damage', runId, text: `Its output is gone: ${body.digest}.txt` } }
}

const wordStranger = (name: string): string =>
  name.endsWith('.part')
    ? `bodies/${name} is the beginning of an output whose command was cut off.`
    : `bodies/${name} belongs to no command of the journal.`

/** Names the files beside the outputs that no run of the journal knows. */
export const findStrangers = ({ path, session }: StoredSession): readonly Remark[] => {
  const known = new Set(
    [...session.runs.values()].flatMap(({ body }) => (body === undefined ? [] : [bodyFile(body.digest)])),
  )
  return namesIn(bodiesFolder(path))
    .filter(name => !known.has(name))
    .map(name => ({ kind: 'remark', text: wordStranger(name) }))
}
