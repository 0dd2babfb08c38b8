import { accessError } from '../../files/access.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { runMarked } from './awk-commands.ts'
import { readFileText } from './read-file.ts'
import { backupsOf } from './sed-backups.ts'
import { spellAwk } from './spell-awk.ts'

const MISSING = 'No such file or directory'

/** What is wrong with a file, in the words of libc: the shell's own tools call every one of them missing. */
type Trouble = { readonly file: string; readonly reason: string; readonly isReadable: boolean }

const troubleOf = (call: Call, file: string): Trouble => {
  const found = readFileText(call, file)
  if ('error' in found) return { file, reason: found.error, isReadable: false }
  const path = resolvePath(call.cwd, file)
  const refused = accessError(call, folderOf(path), 'write') ?? writeRefusal(call.machine, path, 1)
  return { file, reason: refused?.text ?? MISSING, isReadable: true }
}

/** How a tool tells what it could not open, where it is not `tool: file: reason`. */
const wordings: Readonly<Record<string, (trouble: Trouble) => string>> = {
  sed: ({ file, reason, isReadable }) =>
    isReadable
      ? `sed: couldn't open temporary file ${file.replace(/[^/]*$/, '')}sedVb2x7q: ${reason}`
      : `sed: can't read ${file}: ${reason}`,
  awk: ({ file, reason }) => `awk: cannot open "${file}" (${reason})`,
}

/** Why tee could not write: a folder that is not there, or what the kernel refuses. */
const unwritten = (call: Call, file: string): string => {
  const path = resolvePath(call.cwd, file)
  const refused = accessError(call, path, 'write') ?? writeRefusal(call.machine, path, 1)
  return refused?.text ?? MISSING
}

/** The errors of a tool with what is truly wrong with each file. */
export const withReasons = (call: Call, stderr: string): string =>
  stderr.replace(/^([\w-]+): (.+): No such file(?: or directory)?$/gm, (_, tool: string, file: string) => {
    if (tool === 'tee') return `tee: ${file}: ${unwritten(call, file)}`
    const trouble = troubleOf(call, file)
    return wordings[tool]?.(trouble) ?? `${tool}: ${file}: ${trouble.reason}`
  })

const spoken = (args: readonly string[]): readonly string[] =>
  args.some(arg => arg === '-' || !arg.startsWith('-')) ? args : [...args, '-']

/** The shell's own awk takes a slash within quotes for the end of a pattern. */
const spelled = (args: readonly string[]): readonly string[] => {
  const valued = /^-[vFf]$/
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && !valued.test(args[index - 1] ?? ''))
  return args.map((arg, index) =>
    (index === at && !args.includes('-f') ? spellAwk(arg) : arg).replace(/\b(g?sub\(\s*)"\/"/g, '$1/\\//'),
  )
}

/** tr(1): the shell's own, which takes no octal escapes. */
export const tr: Program = {
  names: ['tr'],
  isInstalled: everywhere,
  run: ({ args, passage }): Promise<Reply> =>
    passage.original(
      args.map(arg =>
        arg.replace(/\\(\\|[0-7]{1,3})/g, (whole, code: string) =>
          code === '\\' ? whole : String.fromCharCode(Number.parseInt(code, 8)),
        ),
      ),
    ),
}

/** The shell's own tools for text, which say truly why they cannot read a file. */
export const textTools: Program = {
  names: ['cat', 'sed', 'awk', 'nl', 'tac', 'paste', 'md5sum', 'sha256sum', 'zcat', 'tee'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const backups = call.name === 'sed' ? backupsOf(call) : undefined
    for (const [file, backup] of backups?.files ?? [])
      if (findNode(call, file, 'links') !== undefined) await call.passage.runHere(['cp', '-p', file, backup])
    const args =
      backups !== undefined
        ? backups.args
        : call.name === 'paste'
          ? spoken(call.args)
          : call.name === 'awk'
            ? spelled(call.args)
            : call.args
    const original = await call.passage.original(args)
    const reply = call.name === 'awk' ? await runMarked(call, original) : original
    return { ...reply, stderr: withReasons(call, reply.stderr ?? '') }
  },
}
