/** How the shell reads the characters at a place of a command: decides how a value must be written there. */
export type ShellContext = 'plain' | 'single' | 'double' | 'ansi' | 'comment' | 'heredoc' | 'raw-heredoc'

type Frame = 'plain' | 'substitution' | 'backquote' | 'single' | 'double' | 'ansi'
type Heredoc = { readonly word: string; readonly raw: boolean }
type Scan = {
  readonly text: string
  readonly contexts: ShellContext[]
  readonly frames: Frame[]
  readonly heredocs: Heredoc[]
}
type Rule = { readonly at: RegExp; readonly act?: (scan: Scan, match: RegExpExecArray) => void }

const push =
  (frame: Frame) =>
  ({ frames }: Scan): void => {
    frames.push(frame)
  }

const pop = ({ frames }: Scan): void => {
  if (frames.length > 1) frames.pop()
}

const contextOf = (frame: Frame): ShellContext =>
  frame === 'substitution' || frame === 'backquote' ? 'plain' : frame

const mark = (scan: Scan, context: ShellContext, length: number): void => {
  for (let count = 0; count < length; count += 1) scan.contexts.push(context)
}

/** A word that is quoted in any way says that its heredoc is taken as it stands. */
const noteHeredoc = ({ heredocs }: Scan, [, plain, ...quoted]: RegExpExecArray): void => {
  const word = plain ?? quoted.find(text => text !== undefined)
  if (word !== undefined) heredocs.push({ word, raw: plain === undefined })
}

const bodyLength = (rest: string, word: string): number => {
  const lines = rest.split('\n')
  const last = lines.findIndex(line => line.replace(/^\t+/, '') === word)
  return last < 0 ? rest.length : lines.slice(0, last + 1).join('\n').length + 1
}

/** Takes the bodies, with their closing lines, of the heredocs that were announced on the line that ends here. */
const takeBodies = (scan: Scan): void => {
  mark(scan, 'plain', 1)
  for (const { word, raw } of scan.heredocs.splice(0)) {
    const rest = scan.text.slice(scan.contexts.length)
    mark(scan, raw ? 'raw-heredoc' : 'heredoc', bodyLength(rest, word))
  }
}

const escaped: Rule = { at: /\\[\s\S]/y }

const code: readonly Rule[] = [
  escaped,
  { at: /\$'/y, act: push('ansi') },
  { at: /'/y, act: push('single') },
  { at: /"/y, act: push('double') },
  { at: /\$?\(/y, act: push('substitution') },
  { at: /(?<![^\s;&|()])#[^\n]*/y, act: (scan, match) => mark(scan, 'comment', match[0].length) },
  { at: /(?<!<)<<-?[ \t]*(?:([\w.-]+)|\\([\w.-]+)|'([^'\n]+)'|"([^"\n]+)")/y, act: noteHeredoc },
  { at: /\n/y, act: takeBodies },
]

const rules: Readonly<Record<Frame, readonly Rule[]>> = {
  plain: [...code, { at: /`/y, act: push('backquote') }],
  substitution: [{ at: /\)/y, act: pop }, ...code, { at: /`/y, act: push('backquote') }],
  backquote: [{ at: /`/y, act: pop }, ...code],
  double: [
    escaped,
    { at: /"/y, act: pop },
    { at: /\$\(/y, act: push('substitution') },
    { at: /`/y, act: push('backquote') },
  ],
  single: [{ at: /'/y, act: pop }],
  ansi: [escaped, { at: /'/y, act: pop }],
}

const matchAt = ({ at }: Rule, text: string, offset: number): RegExpExecArray | null => {
  at.lastIndex = offset
  return at.exec(text)
}

const advance = (scan: Scan): void => {
  const start = scan.contexts.length
  const frame = scan.frames.at(-1) ?? 'plain'
  for (const rule of rules[frame]) {
    const match = matchAt(rule, scan.text, start)
    if (match === null) continue
    rule.act?.(scan, match)
    mark(scan, contextOf(frame), start + match[0].length - scan.contexts.length)
    return
  }
  mark(scan, contextOf(frame), 1)
}

/** How bash reads each character of a command, one context for each UTF-16 unit. Never fails: what is unbalanced runs to the end. */
export const readShellContexts = (text: string): readonly ShellContext[] => {
  const scan: Scan = { text, contexts: [], frames: ['plain'], heredocs: [] }
  while (scan.contexts.length < text.length) advance(scan)
  return scan.contexts
}
