import type { BashExecResult, ResolvedCommandContext } from 'just-bash/browser'
import { inLibcWords, type Redirections } from '../files/redirections.ts'
import type { Reply } from './program.ts'

/** A text out of what the interpreter gives, which has bytes as characters where it says so. */
export const decode = (text: string, kind: 'text' | 'bytes' | undefined): string =>
  kind === 'bytes' ? new TextDecoder().decode(Uint8Array.from(text, c => c.charCodeAt(0))) : text

/** What a command finds on its standard input, as text. */
export const stdinText = (context: ResolvedCommandContext): string =>
  decode(context.stdin as unknown as string, 'bytes')

/** Variables for one command, as they stand in front of it. */
export const assignments = (env: Readonly<Record<string, string>> = {}): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}' `)
    .join('')

/** A reply as the interpreter takes it. */
export const asExec = ({ stdout = '', stderr = '', exit = 0 }: Reply) => ({
  stdout,
  stderr,
  exitCode: exit,
  stdoutKind: 'text' as const,
})

/** What a script gave as a reply, with what it wrote by way of devices and the complaints about its redirections. */
export const asReply = (ran: BashExecResult, redirections: Redirections): Reply => {
  const complaints = redirections.takeComplaints()
  const spilled = `${redirections.takeSpilled('stdout')}${redirections.takeSpilled('terminal')}`
  return {
    stdout: decode(ran.stdout, ran.stdoutKind) + spilled,
    stderr:
      inLibcWords(ran.stderr) +
      redirections.takeSpilled('stderr') +
      complaints.map(text => `${text}\n`).join(''),
    exit: ran.exitCode === 0 && complaints.length > 0 ? 1 : ran.exitCode,
    tookMs: 0,
  }
}
