import type { BashExecResult, ExecResult, ResolvedCommandContext } from 'just-bash/browser'
import { bytesOfText, isBinary, textOfBytes } from '../files/bytes.ts'
import { inLibcWords, type Redirections } from '../files/redirections.ts'
import type { Reply } from './program.ts'

const isAscii = /^[\0-\x7f]*$/

/** A text out of what the interpreter gives, which has bytes as characters where it says so. */
const decode = (text: string, kind: 'text' | 'bytes' | undefined): string => {
  // One character a byte; most texts are ASCII and stand for themselves.
  if (kind !== 'bytes' || isAscii.test(text)) return text
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return textOfBytes(bytes)
}

/** What a command finds on its standard input, as text. */
const stdinText = (context: ResolvedCommandContext): string =>
  decode(context.stdin as unknown as string, 'bytes')

/** What a command is given to read: its standard input, and what its arguments give that stand for the output of another, `<(…)`. */
export const inputOf = async (
  args: readonly string[],
  context: ResolvedCommandContext,
): Promise<{ readonly stdin: string; readonly pipes?: ReadonlyMap<string, string> }> => {
  const stdin = stdinText(context)
  const paths = args.filter(arg => /^\/dev\/fd\/\d+$/.test(arg))
  if (paths.length === 0) return { stdin }
  const texts = await Promise.all(paths.map(async path => [path, await context.fs.readFile(path)] as const))
  return { stdin, pipes: new Map(texts) }
}

const kindOf = ({ stdoutKind, stdoutEncoding }: ExecResult): ExecResult['stdoutKind'] =>
  stdoutKind ?? (stdoutEncoding === 'binary' ? 'bytes' : undefined)

/** What a command within a command gave, as a reply; the time that it took has passed. */
export const ranReply = (ran: ExecResult | undefined): Reply =>
  ran === undefined
    ? { exit: 126 }
    : { stdout: decode(ran.stdout, kindOf(ran)), stderr: ran.stderr, exit: ran.exitCode, tookMs: 0 }

/** The folder that the interpreter takes for the one before the first: a shell that was in none has no such variable. */
const NOWHERE = '/home/user'

/** The variables that a command is given. */
export const variablesOf = ({
  exportedEnv = {},
}: ResolvedCommandContext): Readonly<Record<string, string>> => {
  if (exportedEnv.OLDPWD !== NOWHERE) return exportedEnv
  const { OLDPWD: _, ...given } = exportedEnv
  return given
}

/** Variables for one command, as they stand in front of it. */
export const assignments = (env: Readonly<Record<string, string>> = {}): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}' `)
    .join('')

/** One character a byte, as the interpreter has what is no text. */
const asBytes = (text: string): string =>
  Array.from(bytesOfText(text), byte => String.fromCharCode(byte)).join('')

/** The interpreter's own bounds in the words that bash has for its own. */
const ownBounds: readonly (readonly [RegExp, string])[] = [
  [
    /^((?:bash: )?.+?): maximum recursion depth \((\d+)\) exceeded, increase .*$/gm,
    '$1: maximum function nesting level exceeded ($2)',
  ],
  [
    /^(?:bash: )?(?:source): maximum nesting depth \((\d+)\) exceeded, increase .*$/gm,
    'bash: source: maximum source nesting level exceeded ($1)',
  ],
  [/^.*, increase executionLimits\.\w+$/gm, 'Killed'],
]

/** The names that the interpreter gives to pieces of a script. */
const tokens: Readonly<Record<string, string>> = {
  AMP: '&',
  AND_AND: '&&',
  DSEMI: ';;',
  LBRACE: '{',
  LPAREN: '(',
  NEWLINE: 'newline',
  OR_OR: '||',
  PIPE: '|',
  RBRACE: '}',
  RPAREN: ')',
  SEMICOLON: ';',
}

/** What the interpreter says of a script that it cannot read, as bash would. */
const asSyntaxError = (said: string): string => {
  if (/got EOF$/.test(said)) return 'bash: syntax error: unexpected end of file'
  const got = /, got (\w+)$/.exec(said)?.[1]
  if (got !== undefined)
    return `bash: syntax error near unexpected token \`${tokens[got] ?? got.toLowerCase()}'`
  if (/^(syntax error near|unexpected EOF)/.test(said)) return `bash: ${said}`
  const bad = /(\S+: bad substitution)$/.exec(said)?.[1]
  return `bash: ${bad ?? "syntax error near unexpected token `newline'"}`
}

/** The interpreter's complaints that bash words otherwise, and what a trace shows of what the scribe wrote. */
const complaints: readonly (readonly [RegExp, string | ((whole: string, said: string) => string)])[] = [
  [/^bash: syntax error: Parse error at \d+:\d+: (.*)$/gm, (_, said) => asSyntaxError(said)],
  [/^(?:bash: )?division by 0$/gm, 'bash: division by 0 (error token is "0")'],
  [new RegExp(`^bash: cd: ${NOWHERE}: No such file or directory$`, 'gm'), 'bash: cd: OLDPWD not set'],
  [/^(\w+: unbound variable|\[: missing `\]')$/gm, 'bash: $1'],
  [/^\++ (?:\/usr\/bin\/__\w+.*|eval '')\n/gm, ''],
]

const inBashWords = (text: string): string =>
  [...ownBounds, ...complaints].reduce((said, [own, words]) => said.replace(own, words as string), text)

/** A reply as the interpreter takes it. */
export const asExec = ({ stdout = '', stderr = '', exit = 0 }: Reply) => {
  const isOther = isBinary(stdout)
  return {
    stdout: isOther ? asBytes(stdout) : stdout,
    stderr,
    exitCode: exit,
    // ASCII is the same in bytes, and the interpreter need not turn it into them for the next command.
    stdoutKind: isOther || isAscii.test(stdout) ? ('bytes' as const) : ('text' as const),
  }
}

/** What a script gave as a reply, with what it wrote by way of devices and the complaints about its redirections. */
export const asReply = (ran: BashExecResult, redirections: Redirections): Reply => {
  const complaints = redirections.takeComplaints()
  const spilled = `${redirections.takeSpilled('stdout')}${redirections.takeSpilled('terminal')}`
  return {
    stdout: decode(ran.stdout, ran.stdoutKind).toWellFormed() + spilled,
    stderr:
      inLibcWords(inBashWords(ran.stderr)) +
      redirections.takeSpilled('stderr') +
      [...redirections.takeRefusals(), ...complaints].map(text => `${text}\n`).join(''),
    exit: ran.exitCode === 0 && complaints.length > 0 ? 1 : ran.exitCode,
    tookMs: 0,
  }
}
