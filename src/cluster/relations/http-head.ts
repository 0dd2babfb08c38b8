import type { HttpAnswer } from '../services/service.ts'

const statusTexts: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** The words behind an HTTP status. */
export const reasonOf = (status: number): string => statusTexts[status] ?? ''

/** The header lines of an answer. One that says nothing of them has those of a program in Go; a proxy writes the names small. */
export const headLines = (
  { headers, moreHeaders = [], contentType, body, isRelayed }: HttpAnswer,
  date: string,
): readonly string[] => {
  const lines = headers ?? [
    `Content-Type: ${contentType ?? 'text/plain; charset=utf-8'}`,
    ...moreHeaders,
    `Date: ${date}`,
    `Content-Length: ${body.length}`,
  ]
  return isRelayed === true ? lines.map(line => line.replace(/^[^:]+/, name => name.toLowerCase())) : lines
}

/** Where an answer sends its client. */
export const locationOf = ({ status, headers }: HttpAnswer): string | undefined =>
  status < 300 || status >= 400
    ? undefined
    : headers?.map(line => /^location:\s*(\S+)/i.exec(line)?.[1]).find(place => place !== undefined)
