import type { ApiAnswer } from './ask-api.ts'

/**
 * The node as which a kubelet comes to the API server, where that is not its own and the server holds it to it: the plugin
 * NodeRestriction lets a node write only itself and its own pods.
 */
export const foreignNode = (answer: ApiAnswer, nodeName: string): string | undefined => {
  if (answer.kind !== 'answers' || !answer.groups.includes('system:nodes')) return undefined
  const plugins = answer.server.flags['enable-admission-plugins']?.split(',') ?? []
  const came = answer.user.replace(/^system:node:/, '')
  return plugins.includes('NodeRestriction') && came !== nodeName ? came : undefined
}

/** Whether an API server that answers a kubelet also lets it do its work: nodes have their rights from the authorizer Node. */
export const allowsNodes = (answer: ApiAnswer): boolean =>
  answer.kind === 'answers' &&
  (answer.server.flags['authorization-mode']?.split(',') ?? ['Node']).some(mode =>
    ['Node', 'AlwaysAllow'].includes(mode),
  )
