import type { Call, Reply } from '../../shell/program.ts'

/** The end of the text of a command, behind one of the marks below. */
const END = '\\002'

const token = /"(?:\\.|[^"\\\n])*"|\|\||\||[()[\]]|[;}\n]/g

/** Where in a print statement the bar stands behind which its command comes, and where the statement ends. */
const placesIn = (statement: string): { readonly bar: number; readonly end: number } => {
  let depth = 0
  let bar = -1
  for (const { 0: found, index } of statement.matchAll(token)) {
    if (/^[([]/.test(found)) depth += 1
    else if (/^[)\]]/.test(found)) depth -= 1
    else if (/^[;}\n]/.test(found)) return { bar, end: index }
    else if (found === '|' && depth === 0 && bar < 0) bar = index
  }
  return { bar, end: statement.length }
}

/** A print statement for a command, with marks around what is for it. */
const marked = (statement: string): string => {
  const { bar, end } = placesIn(statement)
  if (bar < 0) return statement
  const command = statement.slice(bar + 1, end).trim()
  const print = statement.slice(0, bar).trim()
  return `{ printf "\\001<%s${END}", (${command}); ${print}; printf "\\001>" }${statement.slice(end)}`
}

const ownCommand =
  /(?<=(?:^|[;{}\n])\s*)(close|system)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)(?=\s*(?:[;}\n]|$))/g

/** An awk program that marks in its output what is for a command, and where one is to run: the shell's own awk runs none. */
export const markCommands = (program: string): string =>
  program
    .split(/(?<![\w"])(?=printf?\b)/)
    .map(part => (/^printf?\b/.test(part) ? marked(part) : part))
    .join('')
    .replace(ownCommand, (whole, name: string, command: string) =>
      name === 'system'
        ? `printf "\\001!%s${END}", (${command})`
        : `{ printf "\\001=%s${END}", (${command}); ${whole} }`,
    )

const marks = /\u0001(?:<([^\u0002]*)\u0002([^\u0001]*)\u0001>|([=!])([^\u0002]*)\u0002)/g

/** What awk printed with its marks, as it comes out once the commands have run. */
export const runMarked = async ({ passage }: Call, reply: Reply): Promise<Reply> => {
  const { stdout = '' } = reply
  if (!stdout.includes('\u0001')) return reply
  const waiting = new Map<string, string>()
  let said = ''
  let stderr = reply.stderr ?? ''
  const run = async (command: string, stdin?: string): Promise<void> => {
    const ran = await passage.runHere(['sh', '-c', command], stdin === undefined ? {} : { stdin })
    said += ran.stdout ?? ''
    stderr += ran.stderr ?? ''
  }
  const close = async (command: string): Promise<void> => {
    const stdin = waiting.get(command)
    waiting.delete(command)
    if (stdin !== undefined) await run(command, stdin)
  }
  let at = 0
  for (const { 0: whole, 1: reader, 2: text = '', 3: kind, 4: command = '', index } of stdout.matchAll(
    marks,
  )) {
    said += stdout.slice(at, index)
    at = index + whole.length
    if (reader !== undefined) waiting.set(reader, (waiting.get(reader) ?? '') + text)
    else if (kind === '=') await close(command)
    else await run(command)
  }
  said += stdout.slice(at)
  for (const command of [...waiting.keys()]) await close(command)
  return { ...reply, stdout: said, stderr }
}
