import { type Field, joinFields, literal, unresolved } from '../field.ts'
import { isLoaderVariable } from '../loader-variables.ts'
import { type Call, doubts, type Impact, read, type Started, type Tool } from '../tool.ts'

/** Words as a command to start; none for no words. */
export const startWords = (list: readonly Field[]): readonly Started[] =>
  list.length > 0 ? [{ kind: 'words', words: list }] : []

/** Words from the first that is no `NAME=value`. */
export const withoutAssignments = (list: readonly Field[]): readonly Field[] => {
  const from = list.findIndex(field => !/^[A-Za-z_]\w*=/.test(field.prefix))
  return from < 0 ? [] : list.slice(from)
}

/** A program that starts the command behind its options and `skip` operands. */
export const prefix = (because: string, skip: number, more: Partial<Tool> = {}): Tool =>
  read(because, {
    optionsFirst: true,
    onlyListed: true,
    plainOperands: true,
    starts: call => startWords(call.operands.slice(skip)),
    judge: call => (call.operands.length <= skip ? doubts('no command to run') : undefined),
    ...more,
  })

/** Tells whether any of some options, apart by blanks, is used. */
export const hasAny = ({ options }: Call, names: string): boolean =>
  options.some(option => names.split(' ').includes(option.name))

/** sudo runs, edits, opens a shell, or only tells what it would allow. */
export const judgeSudo = (call: Call): Impact | undefined => {
  const command = withoutAssignments(call.operands)
  if (hasAny(call, '-e --edit')) return { effect: 'change', because: 'edits a file', interactive: true }
  if (hasAny(call, '-R --chroot')) return doubts('runs a program of another system')
  if (command.length > 0) return judgeLoaded(call)
  if (hasAny(call, '-i --login -s --shell'))
    return { effect: 'unknown', because: 'opens a shell', interactive: true }
  return hasAny(call, '-l --list -v --validate -k --reset-timestamp -K -V --version -h')
    ? undefined
    : doubts('no command to run')
}

/** Assignments among the words of sudo and env count as if they stood in front of the line. */
export const judgeLoaded = (call: Call): Impact | undefined => {
  const list = call.operands
  const set = list.slice(0, list.length - withoutAssignments(list).length)
  const loader = set.find(field => isLoader(field))
  return loader === undefined ? undefined : doubts(`${loader.source} decides what other programs run`)
}

/** `PATH=$PATH` only hands on the search path of the line. */
const isOwnPath = (field: Field): boolean => /^"?PATH="?\$(?:PATH|\{PATH\})"?$/.test(field.source)

const isLoader = (field: Field): boolean => {
  if (isOwnPath(field)) return false
  const [name = '', ...value] = field.prefix.split('=')
  return isLoaderVariable(name, field.text === undefined ? undefined : value.join('='))
}

/** The command behind env's assignments, or the text that `-S` splits into words. */
export const startedByEnv = (call: Call): readonly Started[] => {
  const split = call.options.filter(({ name }) => name === '-S' || '--split-string'.startsWith(name))
  if (split.length > 0) return split.map(({ value }) => ({ kind: 'script', script: value?.text }))
  return startWords(withoutAssignments(call.operands))
}

/** What xargs reads is appended as a word that nobody knows. */
export const startedByXargs = (call: Call): readonly Started[] => {
  const replaced = call.options.find(option => /^(?:-I|-i|--replace)$/.test(option.name))
  const mark = replaced?.value?.text ?? '{}'
  const list = call.operands.length > 0 ? call.operands : [literal('echo')]
  const hide = (field: Field): Field => (field.text?.includes(mark) === true ? hidden(field, mark) : field)
  return startWords(replaced === undefined ? [...list, unresolved('…')] : list.map(hide))
}

const hidden = (field: Field, mark: string): Field => ({
  ...field,
  text: undefined,
  prefix: field.prefix.slice(0, field.prefix.indexOf(mark)),
})

/** The command in front of `:::`; a template that needs a shell cannot be told. */
export const startedByParallel = (call: Call): readonly Started[] => {
  const list = call.operands
  const end = list.findIndex(field => field.text?.startsWith(':::') === true)
  const command = end < 0 ? list : list.slice(0, end)
  if (command.length === 0) return [{ kind: 'script', script: undefined }]
  const plain = command.every(field => field.text !== undefined && !/[{};|&$`<>]/.test(field.text))
  return plain ? startWords([...command, unresolved('…')]) : [{ kind: 'script', script: undefined }]
}

/** Words behind the host go to a shell over there as one text. */
export const startedBySsh = (call: Call): readonly Started[] => {
  const behind = call.operands.slice(1)
  const remote = behind[0]?.text === '--' ? behind.slice(1) : behind
  return remote.length > 0 ? [{ kind: 'script', script: joinFields(remote) }] : []
}

/** ssh reads as its remote command does, unless an option starts a program here or no command is given. */
export const judgeSsh = (call: Call): Impact | undefined => {
  if (
    call.options.some(
      option =>
        option.name === '-o' && /command|exec|provider|include/i.test(option.value?.text ?? 'command'),
    )
  )
    return doubts('starts another program')
  if (hasAny(call, '-V -Q -G')) return undefined
  return call.operands.length < 2
    ? { effect: 'unknown', because: 'opens a shell on another machine', interactive: true }
    : undefined
}

/** watch joins its words for a shell, with `-x` it starts them as they are. */
export const startedByWatch = (call: Call): readonly Started[] =>
  hasAny(call, '-x --exec')
    ? startWords(call.operands)
    : [{ kind: 'script', script: joinFields(call.operands) }]

const saltReads =
  /^(?:test\.(?:ping|version|versions|versions_report)|grains\.(?:items?|get|ls)|status\.\w+|disk\.(?:usage|percent)|service\.(?:status|get_all|available)|pkg\.(?:version|list_pkgs)|network\.(?:interfaces|ip_addrs|ping)|sys\.doc)$/

/** Salt runs its functions on minions; `cmd.run` runs a command there. */
export const judgeSaltFunction = (name: Field | undefined): Impact | undefined =>
  saltReads.test(name?.text ?? '') ? { effect: 'read', because: 'asks the minions' } : undefined
