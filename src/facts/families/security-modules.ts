import { combine, nothing, record, singleFact } from '../parsed.ts'
import { capture } from '../text/capture.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

const lineOf = (lines: readonly TextLine[], pattern: RegExp): number =>
  lines.find(({ text }) => pattern.test(text))?.number ?? 1

const modeOf = (text: string): string | undefined => {
  const alone = capture(text, /^(Enforcing|Permissive|Disabled)\s*$/m)
  const status = capture(text, /^SELinux status:\s+(\w+)/m)
  const current = capture(text, /^Current mode:\s+(\w+)/m)
  return alone?.toLowerCase() ?? current ?? (status === 'disabled' ? status : undefined)
}

const selinux = (stdout: string): Parsed => {
  const mode = modeOf(stdout)
  if (mode === undefined) return nothing
  const configuredMode = capture(stdout, /^Mode from config file:\s+(\w+)/m)
  const policy = capture(stdout, /^Loaded policy name:\s+(\S+)/m)
  const line = lineOf(linesOf(stdout), /^(?:Enforcing|Permissive|Disabled|SELinux status:|Current mode:)/)
  return singleFact('selinux', { line, value: record({ mode, configuredMode, policy }) })
}

const countIn = (text: string, words: string): number | undefined => {
  const digits = capture(text, new RegExp(`^(\\d+) ${words}`, 'm'))
  return digits === undefined ? undefined : Number(digits)
}

const absent = /^apparmor (?:not present|module is not loaded)|^AppArmor not enabled/m

const apparmor = ({ stdout, stderr }: ParserInput): Parsed => {
  if (absent.test(`${stdout}\n${stderr}`))
    return singleFact('apparmor', { line: 0, value: { loaded: false } })
  if (!/^apparmor module is loaded/m.test(stdout)) return nothing
  const value = record({
    loaded: true,
    profiles: countIn(stdout, 'profiles are loaded'),
    enforced: countIn(stdout, 'profiles are in enforce mode'),
    complaining: countIn(stdout, 'profiles are in complain mode'),
    enforcedProcesses: countIn(stdout, 'processes are in enforce mode'),
    complainingProcesses: countIn(stdout, 'processes are in complain mode'),
    unconfinedProcesses: countIn(stdout, 'processes are unconfined but have a profile defined'),
  })
  return singleFact('apparmor', { line: lineOf(linesOf(stdout), /^apparmor module is loaded/), value })
}

const parse = (input: ParserInput): Parsed => combine([selinux(input.stdout), apparmor(input)])

/** What restricts programs beyond permissions: `getenforce`, `sestatus`, `aa-status`. */
export const securityModules: Parser = {
  name: 'security-modules',
  gives: ['selinux', 'apparmor'],
  recognises: argv => ['getenforce', 'sestatus', 'aa-status', 'apparmor_status'].includes(argv[0] ?? ''),
  recognisesText: text => /^SELinux status:\s|^apparmor module is loaded/m.test(text),
  parse,
}
