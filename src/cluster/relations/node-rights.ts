import type { ApiAnswer } from './ask-api.ts'

/** Whether an API server that answers a kubelet also lets it do its work: nodes have their rights from the authorizer Node. */
export const allowsNodes = (answer: ApiAnswer): boolean =>
  answer.kind === 'answers' &&
  (answer.server.flags['authorization-mode']?.split(',') ?? ['Node']).some(mode =>
    ['Node', 'AlwaysAllow'].includes(mode),
  )
