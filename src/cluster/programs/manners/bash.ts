import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'

/** What a shell is called with: options that hold in it, and whether its text is an argument or what comes in. */
type Opening = {
  readonly settings: readonly string[]
  readonly source: 'argument' | 'input' | 'file'
  readonly isOnlyRead: boolean
  readonly words: readonly string[]
}

/** The options before the first word; a letter that no shell knows is given back. */
const readOpening = (args: readonly string[]): Opening | { readonly unknown: string } => {
  const settings: string[] = []
  let source: Opening['source'] = 'file'
  let isOnlyRead = false
  let at = 0
  for (; /^[-+]./.test(args[at] ?? ''); at++) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      at += 1
      break
    }
    if (/^--(login|norc|noprofile|posix|noediting)$/.test(arg)) continue
    if (/^--(rcfile|init-file)$/.test(arg)) {
      at += 1
      continue
    }
    if (arg.startsWith('--')) return { unknown: arg }
    for (const letter of arg.slice(1)) {
      if (letter === 'c') source = 'argument'
      else if (letter === 's') source = 'input'
      else if (letter === 'n') isOnlyRead = true
      else if (letter === 'o' || letter === 'O')
        settings.push(letter === 'o' ? `set ${arg[0]}o ${args[++at] ?? ''}` : `shopt -s ${args[++at] ?? ''}`)
      else if (/[efuxvCaTE]/.test(letter)) settings.push(`set ${arg[0]}${letter}`)
      else if (!/[liprBDhk]/.test(letter)) return { unknown: `-${letter}` }
    }
  }
  return { settings, source, isOnlyRead, words: args.slice(at) }
}

const open = ({ name, args, stdin, passage }: Call): Reply | Promise<Reply> => {
  const opening = readOpening(args)
  if ('unknown' in opening)
    return {
      stderr: `${name}: ${opening.unknown}: invalid option\nUsage:\t${name} [GNU long option] [option] ...\n\t${name} [GNU long option] [option] script-file ...\n`,
      exit: 2,
    }
  const { settings, source, isOnlyRead, words } = opening
  const before = settings.map(setting => `${setting}\n`).join('')
  if (isOnlyRead) return {}
  if (source === 'argument') {
    const [text, ...rest] = words
    return text === undefined
      ? { stderr: `${name}: -c: option requires an argument\n`, exit: 2 }
      : passage.original(['-c', before + text, ...rest])
  }
  if (source === 'input') return passage.original(['-c', before + stdin, name, ...words])
  if (before === '') return passage.original(words)
  return words.length === 0
    ? passage.original(['-c', before + stdin, name])
    : passage.original(['-c', `${before}. "$0" "$@"`, ...words])
}

/** bash(1) and sh(1): the shell's own, with the options that it lacks. */
export const bash: Program = { names: ['bash', 'sh'], isInstalled: everywhere, run: open }
