import { linkAt, makeFolder, makeLink, nodeAt, removePath, writeText } from '../files/file-tree.ts'
import { insteadOfModule } from '../relations/module-settings.ts'
import { isShell } from '../relations/shell-line.ts'
import { sshdProblems } from '../relations/sshd-settings.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { splitWords } from './parse-unit-file.ts'
import { type Happening, sayLines, tell } from './unit-lines.ts'

type Step = (at: Happening, args: readonly string[]) => boolean

const testFile: Step = ({ machine }, args) => {
  const [flag = '', path = ''] = args.filter(arg => arg !== ']')
  if (flag === '!') return !testFile({ machine } as Happening, args.slice(1))
  const node = flag === '-L' || flag === '-h' ? linkAt(machine.files, path) : nodeAt(machine.files, path)
  if (node === undefined) return false
  if (flag === '-f') return node.kind === 'file'
  if (flag === '-d') return node.kind === 'directory'
  if (flag === '-s') return node.text !== ''
  return flag === '-x' ? (node.mode & 0o111) !== 0 : true
}

const makeLinkStep: Step = ({ machine, atMs }, args) => {
  const [to = '', path = ''] = args.filter(arg => !arg.startsWith('-'))
  if (linkAt(machine.files, path) !== undefined) {
    if (!args.some(arg => /^-\w*f/.test(arg))) return false
    removePath(machine.files, path)
  }
  makeLink(machine.files, path, { to, mtimeMs: atMs })
  return true
}

const loadModule: Step = ({ machine }, args) => {
  const names = args.filter(arg => !arg.startsWith('-')).map(name => name.replaceAll('-', '_'))
  const absent = names.filter(name => machine.modules.every(module => module.name !== name))
  if (machine.virtualization === 'lxc') return absent.length === 0
  const loadable = absent.filter(name => insteadOfModule(machine.files, name) === undefined)
  for (const name of loadable) machine.modules.push({ name, sizeBytes: 32_768, usedBy: [] })
  return loadable.length === absent.length
}

const steps: Readonly<Record<string, Step>> = {
  test: testFile,
  '[': testFile,
  rm: ({ machine }, args) => {
    for (const path of args.filter(arg => !arg.startsWith('-'))) removePath(machine.files, path)
    return true
  },
  ln: makeLinkStep,
  mkdir: ({ machine, atMs }, args) => {
    for (const path of args.filter(arg => arg.startsWith('/')))
      makeFolder(machine.files, path, { mtimeMs: atMs })
    return true
  },
  touch: ({ machine, atMs }, args) => {
    for (const path of args.filter(arg => arg.startsWith('/')))
      if (nodeAt(machine.files, path) === undefined)
        writeText(machine.files, path, { text: '', mtimeMs: atMs })
    return true
  },
  modprobe: loadModule,
  sshd: (at, args) => {
    const problems = args.includes('-t') ? sshdProblems(at.machine) : []
    sayLines(
      { ...at, unit: { ...at.unit, lastPid: at.machine.nextPid } },
      problems.map(text => ({ text, priority: 3 })),
    )
    return problems.length === 0
  },
  false: () => false,
}

/** Runs commands joined by `&&`, `||` and `;`. What it does not know it takes as done: it changes nothing that can be seen. */
const runLine = (at: Happening, line: string): boolean => {
  let succeeded = true
  for (const [, joint = ';', command = ''] of line.matchAll(/(?:^|(&&|\|\||;))\s*((?:(?!&&|\|\||;).)+)/g)) {
    if ((joint === '&&' && !succeeded) || (joint === '||' && succeeded)) continue
    const [word = '', ...args] = splitWords(command.trim())
    succeeded = steps[word.split('/').at(-1) ?? '']?.(at, args) ?? true
  }
  return succeeded
}

const runCommand = (at: Happening, command: string): boolean => {
  const [word = '', flag, script] = splitWords(command)
  const isText = isShell(word) && flag === '-c'
  return runLine(at, isText ? (script ?? '') : command)
}

/** Runs the `ExecStartPre=` lines of a unit; gives the exit status of the one that failed and was not allowed to. */
export const runStartPre = (at: Happening): number | undefined => {
  const { machine, unit } = at
  unit.preEnds = []
  for (const line of unit.definition.execStartPre) {
    const command = line.replace(/^[-@:+!]+/, '')
    machine.nextPid += 1
    const failed = /\bsshd\b/.test(command) ? 255 : 1
    const status = runCommand(at, command) ? 0 : failed
    unit.preEnds = [...unit.preEnds, { pid: machine.nextPid, words: splitWords(command).join(' '), status }]
    if (status === 0 || /^[@:+!]*-/.test(line)) continue
    const name = status === 1 ? 'FAILURE' : 'EXCEPTION'
    tell(at, `${unit.name}: Control process exited, code=exited, status=${status}/${name}`, 5)
    return status
  }
  return undefined
}

/** How the same went at a boot that nobody saw and that went well. */
export const recallStartPre = (machine: Machine, unit: Unit): void => {
  const { execStartPre } = unit.definition
  if (execStartPre.length === 0) return
  unit.preEnds = execStartPre.map((line, index) => ({
    pid: machine.nextPid + index + 1,
    words: splitWords(line.replace(/^[-@:+!]+/, '')).join(' '),
    status: 0,
  }))
  machine.nextPid += execStartPre.length
}
