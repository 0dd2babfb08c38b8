import { refusalText } from '../../relations/authorize.ts'
import type { HttpAnswer } from '../service.ts'
import { statusAnswer } from '../status-answer.ts'

const nobody = { user: 'system:anonymous', groups: ['system:unauthenticated'] }

/** What a server that asks the API server for leave answers to one that says no name and may not have a path. */
export const forbiddenPath = (path: string): HttpAnswer =>
  statusAnswer(403, 'Forbidden', refusalText(nobody, { verb: 'get', path }))
