import { nodeAt } from '../../files/file-tree.ts'
import { findNode, namesAt } from '../../files/look-up.ts'
import { baseName, resolvePath } from '../../files/paths.ts'
import { type Call, everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import { beside, contextual, normal, unified } from './diff-texts.ts'
import { readFileText } from './read-file.ts'

const table: OptionTable = {
  a: 'text',
  b: 'loose',
  B: 'blank',
  brief: 'brief',
  c: 'context',
  C: 'context=',
  context: 'context?',
  color: 'color?',
  N: 'new-file',
  'new-file': 'new-file',
  q: 'brief',
  r: 'recursive',
  recursive: 'recursive',
  s: 'same',
  'report-identical-files': 'same',
  u: 'unified',
  U: 'unified=',
  unified: 'unified?',
  w: 'loose',
  'ignore-all-space': 'loose',
  x: 'exclude=',
  exclude: 'exclude=',
  y: 'side',
  'side-by-side': 'side',
  W: 'width=',
  width: 'width=',
}

type Manner = { readonly options: ReadonlyMap<string, readonly string[]>; readonly flags: string }

/** What came of comparing: what is printed, errors, and 0 alike, 1 different, 2 trouble. */
type Compared = { readonly stdout: string; readonly stderr: string; readonly exit: 0 | 1 | 2 }

/** Lines around a change, unless another number is asked for. */
const CONTEXT = 3

const stampOf = (call: Call, path: string): string => {
  const ms = nodeAt(call.machine.files, resolvePath(call.cwd, path))?.mtimeMs ?? call.world.nowMs
  const [date = '', time = ''] = new Date(ms).toISOString().split('T')
  return `${date} ${time.slice(0, 8)}.000000000 +0000`
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

const read = (call: Call, path: string): ReturnType<typeof readFileText> =>
  path === '-' ? { text: call.stdin } : readFileText(call, path)

const compareFiles = (call: Call, [old, young]: readonly [string, string], { options }: Manner): Compared => {
  const found = [old, young].map(path => ({ path, ...read(call, path) }))
  const isAbsent = (one: { readonly error?: string }): boolean =>
    options.has('new-file') && one.error === 'No such file or directory'
  const errors = found.flatMap(one =>
    'error' in one && !isAbsent(one) ? [`diff: ${one.path}: ${one.error}\n`] : [],
  )
  if (errors.length > 0) return { stdout: '', stderr: errors.join(''), exit: 2 }
  const [before = [], after = []] = found.map(one =>
    linesOf('text' in one ? one.text : '').map(line =>
      options.has('loose') ? line.trim().replaceAll(/\s+/g, ' ') : line,
    ),
  )
  const changes = normal({ before, after })
  if (options.has('side')) {
    const width = Number(options.get('width')?.at(-1) ?? 130)
    return { stdout: beside({ before, after }, width), stderr: '', exit: changes === '' ? 0 : 1 }
  }
  const differing = (stdout: string): Compared => ({ stdout, stderr: '', exit: 1 })
  if (changes === '')
    return {
      stdout: options.has('same') ? `Files ${old} and ${young} are identical\n` : '',
      stderr: '',
      exit: 0,
    }
  if (options.has('brief')) return differing(`Files ${old} and ${young} differ\n`)
  const wide = options.get('context')?.at(-1)
  if (wide !== undefined)
    return differing(
      `*** ${old}\t${stampOf(call, old)}\n--- ${young}\t${stampOf(call, young)}\n${contextual({ before, after }, Number(wide) || CONTEXT)}`,
    )
  const around = options.get('unified')?.at(-1)
  if (around === undefined) return differing(changes)
  const head = `--- ${old}\t${stampOf(call, old)}\n+++ ${young}\t${stampOf(call, young)}\n`
  return differing(head + unified({ before, after }, around === '' ? CONTEXT : Number(around)))
}

const isFolder = (call: Call, word: string): boolean =>
  word !== '-' && findNode(call, resolvePath(call.cwd, word), 'links')?.kind === 'directory'

const withoutSlash = (word: string): string => word.replace(/(.)\/+$/, '$1')

const compareFolders = (call: Call, [old, young]: readonly [string, string], manner: Manner): Compared => {
  const { options, flags } = manner
  const [olds, youngs] = [old, young].map(word => namesAt(call, resolvePath(call.cwd, word)))
  const names = [...new Set([...(olds ?? []), ...(youngs ?? [])])].sort()
  const left = names.filter(name => !(options.get('exclude') ?? []).includes(name))
  const parts = left.map((name): Compared => {
    const pair = [`${withoutSlash(old)}/${name}`, `${withoutSlash(young)}/${name}`] as const
    const lone = olds?.includes(name) !== true ? young : youngs?.includes(name) !== true ? old : undefined
    if (lone !== undefined && !options.has('new-file'))
      return { stdout: `Only in ${withoutSlash(lone)}: ${name}\n`, stderr: '', exit: 1 }
    const folders = pair.filter(path => isFolder(call, path)).length
    if (folders === 2 && !options.has('recursive'))
      return { stdout: `Common subdirectories: ${pair[0]} and ${pair[1]}\n`, stderr: '', exit: 0 }
    if (folders === 2) return compareFolders(call, pair, manner)
    const compared = compareFiles(call, pair, manner)
    const isShown = compared.exit === 1 && !options.has('brief')
    return isShown ? { ...compared, stdout: `diff ${flags}${pair.join(' ')}\n${compared.stdout}` } : compared
  })
  return {
    stdout: parts.map(({ stdout }) => stdout).join(''),
    stderr: parts.map(({ stderr }) => stderr).join(''),
    exit: parts.reduce<0 | 1 | 2>((worst, { exit }) => (exit > worst ? exit : worst), 0),
  }
}

/** diff(1) of two files or folders, in its own form or, with -u, with what stands around the changes. */
export const diff: Program = {
  names: ['diff'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { options, words, ...rest } = readOptions(table, call.args)
    const problem = unknownOption('diff', { options, words, ...rest })
    if (problem !== undefined) return { stderr: problem.replace('\n', '\ndiff: '), exit: 2 }
    const [old = '', young = '', ...more] = words
    if (young === '' || more.length > 0)
      return {
        stderr: `diff: ${young === '' ? `missing operand after '${old === '' ? 'diff' : old}'` : `extra operand '${more[0]}'`}\ndiff: Try 'diff --help' for more information.\n`,
        exit: 2,
      }
    const manner = {
      options,
      flags: call.args
        .filter(arg => /^-./.test(arg))
        .map(arg => `${arg} `)
        .join(''),
    }
    const [oldIs, youngIs] = [isFolder(call, old), isFolder(call, young)]
    if (oldIs && youngIs) return compareFolders(call, [old, young], manner)
    return compareFiles(
      call,
      [
        oldIs ? `${withoutSlash(old)}/${baseName(young)}` : old,
        youngIs ? `${withoutSlash(young)}/${baseName(old)}` : young,
      ],
      manner,
    )
  },
}

/** cmp(1). */
export const cmp: Program = {
  names: ['cmp'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const isSilent = call.args.some(arg => /^(-s|--silent|--quiet)$/.test(arg))
    const [old = '', young = '-'] = call.args.filter(arg => !/^-./.test(arg))
    if (old === '')
      return {
        stderr: "cmp: missing operand after 'cmp'\ncmp: Try 'cmp --help' for more information.\n",
        exit: 2,
      }
    const found = [old, young].map(path => ({ path, ...read(call, path) }))
    const wrong = found.find(one => 'error' in one)
    if (wrong !== undefined && 'error' in wrong)
      return { stderr: isSilent ? '' : `cmp: ${wrong.path}: ${wrong.error}\n`, exit: 2 }
    const [before = '', after = ''] = found.map(one => ('text' in one ? one.text : ''))
    if (before === after) return {}
    const at = [...before].findIndex((letter, place) => letter !== after[place])
    const place = at === -1 ? before.length : at
    const line = before.slice(0, place).split('\n').length
    const isEnd = place >= before.length || place >= after.length
    if (isSilent) return { exit: 1 }
    return isEnd
      ? {
          stderr: `cmp: EOF on ${place >= before.length ? old : young} after byte ${place}, line ${line - 1}\n`,
          exit: 1,
        }
      : { stdout: `${old} ${young} differ: byte ${place + 1}, line ${line}\n`, exit: 1 }
  },
}
