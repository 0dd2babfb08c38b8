import type { HttpAnswer } from './service.ts'

/** What the sentence of a refusal is about, as the API gives it beside: nothing for a path, a kind and a name for objects. */
const detailsOf = (message: string): object | undefined => {
  if (message.startsWith('forbidden: ')) return {}
  const [, kind, group, name] =
    /^(\w+)(?:\.([\w.-]+))?(?: "([^"]+)")? (?:is forbidden|not found)/.exec(message) ?? []
  return kind === undefined
    ? undefined
    : { ...(name === undefined ? {} : { name }), ...(group === undefined ? {} : { group }), kind }
}

/** What a server of the Kubernetes API answers in place of what was asked for. It ends without a line end. */
export const statusAnswer = (code: number, reason: string, message: string): HttpAnswer => {
  const details = detailsOf(message)
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  }
  return { status: code, contentType: 'application/json', body: JSON.stringify(status, undefined, 2) }
}

/** What it answers to one who shows nothing that it takes. */
export const unauthorized: HttpAnswer = statusAnswer(401, 'Unauthorized', 'Unauthorized')
