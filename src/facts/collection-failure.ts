import type { ParserInput } from './types.ts'

/** Why a command could not collect anything: a stable code and a sentence. */
export type CollectionFailure = { readonly code: string; readonly message: string }

type Sign = { readonly code: string; readonly pattern: RegExp; readonly message: string }

const signs: readonly Sign[] = [
  {
    code: 'E_FACTS_COMMAND_MISSING',
    pattern:
      /: (?:command )?not found$|^sudo: .*: command not found|No such file or directory: '?\w+'?$|^Command '.*' not found/m,
    message: 'The program is not installed here',
  },
  {
    code: 'E_FACTS_NO_SYSTEMD',
    pattern:
      /System has not been booted with systemd|Failed to (?:connect to (?:system scope )?bus|get D-Bus connection)|Can't operate\./i,
    message: 'systemd does not answer here',
  },
  {
    code: 'E_FACTS_NOT_ALLOWED',
    pattern:
      /permission denied|operation not permitted|must be root|are you root|a password is required|a terminal is required|not in the sudoers|interactive authentication required|\bforbidden\b|\bunauthorized\b|must be logged in/i,
    message: 'The command was not allowed to look',
  },
  {
    code: 'E_FACTS_NO_ANSWER',
    pattern:
      /connection refused|\bwas refused\b|connection timed out|no such host|tls handshake timeout|i\/o timeout|deadline exceeded|no route to host|cannot connect to the docker daemon|unable to connect|could not resolve hostname|network is unreachable|connect: no such file/i,
    message: 'The program that was asked did not answer',
  },
]

// iptables and nft put warnings in front of what went wrong.
const firstLine = (text: string): string => {
  const lines = text.trim().split('\n')
  return (lines.find(line => !/^(?:# )?warning: /i.test(line)) ?? lines[0] ?? '').slice(0, 160)
}

const failureIn = (text: string): CollectionFailure | undefined => {
  const sign = signs.find(({ pattern }) => pattern.test(text))
  if (sign === undefined) return undefined
  const line = text.split('\n').find(candidate => sign.pattern.test(candidate)) ?? text
  return { code: sign.code, message: `${sign.message}: ${firstLine(line)}` }
}

const byExit = ({ stderr, exitCode }: ParserInput): CollectionFailure | undefined => {
  if (exitCode === 127)
    return { code: 'E_FACTS_COMMAND_MISSING', message: 'The program is not installed here' }
  if (exitCode === 126) return { code: 'E_FACTS_NOT_ALLOWED', message: 'The program could not be started' }
  if (exitCode === 0 || stderr.trim() === '') return undefined
  return { code: 'E_FACTS_COMMAND_FAILED', message: `The command failed: ${firstLine(stderr)}` }
}

/**
 * Tells why a command collected nothing, from its error stream, its exit code, or its output where errors were sent there
 * (`2>&1`); `undefined` when nothing speaks of it. A long output is not searched: it was collected.
 */
export const failureOf = (input: ParserInput): CollectionFailure | undefined =>
  failureIn(input.stderr) ??
  byExit(input) ??
  (input.stdout.length < 2000 ? failureIn(input.stdout) : undefined)
