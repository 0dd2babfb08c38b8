import type { Run } from '../session/index.ts'
import { bodiesFolder, bodyFile, namesIn } from './session-paths.ts'
import type { StoredSession } from './types.ts'

const count = (amount: number): string =>
  amount === 1 ? 'The output of one command' : `The outputs of ${amount} commands`

/** Says in sentences how many outputs of an earlier session are not at hand, and why; none when all are. */
export const missingOutputs = ({
  path,
  session,
}: Pick<StoredSession, 'path' | 'session'>): readonly string[] => {
  const names = new Set(namesIn(bodiesFolder(path)))
  const runs = [...session.runs.values()]
  const isGone = ({ body }: Run): boolean => body !== undefined && !names.has(bodyFile(body.digest))
  const wasNeverKept = ({ body, totalLines }: Run): boolean => body === undefined && totalLines > 0
  const gone = runs.filter(isGone).length
  const never = runs.filter(wasNeverKept).length
  return [
    ...(gone === 0
      ? []
      : [`${count(gone)} ${gone === 1 ? 'is' : 'are'} no longer kept; what was concluded is.`]),
    ...(never === 0 ? [] : [`${count(never)} could not be kept; what was concluded is.`]),
  ]
}
