import { failureOf } from '../collection-failure.ts'
import { complain, nothing } from '../parsed.ts'
import type { Parsed, ParserInput } from '../types.ts'

type Sign = { readonly pattern: RegExp; readonly code: string; readonly message: string }

// What kubectl says instead of an answer, on either stream.
const signs: readonly Sign[] = [
  {
    pattern: /^The connection to the server \S+ was refused.*$/m,
    code: 'E_FACTS_NO_ANSWER',
    message: 'The API server does not answer',
  },
  {
    pattern: /^Unable to connect to the server: .*$/m,
    code: 'E_FACTS_NO_ANSWER',
    message: 'The API server cannot be reached or trusted',
  },
  {
    pattern: /^error: You must be logged in to the server.*$/m,
    code: 'E_FACTS_NOT_ALLOWED',
    message: 'The API server does not know this client',
  },
  {
    pattern: /^Error from server \(Forbidden\): .*$/m,
    code: 'E_FACTS_NOT_ALLOWED',
    message: 'This user may not look',
  },
  {
    pattern: /^Error from server(?: \(\w+\))?: .*$|^error: .*$/m,
    code: 'E_FACTS_COMMAND_FAILED',
    message: 'The command failed',
  },
]

/**
 * A complaint about an answer that kubectl did not get, where its words stand in the output itself (errors sent to the same
 * stream); nothing when the reason is told from the error stream or there is none.
 */
export const kubeRefusal = (input: ParserInput): Parsed => {
  if (failureOf(input) !== undefined) return nothing
  const text = `${input.stdout}\n${input.stderr}`
  const sign = signs.find(({ pattern }) => pattern.test(text))
  if (sign === undefined) return nothing
  return complain(sign.code, `${sign.message}: ${sign.pattern.exec(text)?.[0].slice(0, 160)}`)
}

/** Tells whether kubectl answered that there is none of what was asked for. */
export const saysNoResources = ({ stdout, stderr }: ParserInput): boolean =>
  /^No resources found/m.test(stderr) || /^No resources found/m.test(stdout)
