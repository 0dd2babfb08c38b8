import { dropNode, namesIn, nodeAt, writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { writeJournal } from '../../journal/write-journal.ts'
import { badLineOf, userTables } from '../../relations/crontabs.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'

type Table = { readonly owner: string; readonly path: string }

const note = ({ machine, user, world }: Call, { owner }: Table, deed: string): void =>
  writeJournal(machine, {
    atMs: world.nowMs,
    identifier: 'crontab',
    pid: machine.nextPid,
    message: `(${user}) ${deed} (${owner})`,
  })

const install = (call: Call, table: Table, text: string): Reply => {
  const { machine, world } = call
  const bad = badLineOf(text)
  if (bad >= 0)
    return {
      stderr: `"-":${bad}: bad minute\nerrors in crontab file, can't install.\n`,
      exit: 1,
    }
  writeText(machine.files, table.path, {
    text,
    mode: 0o600,
    owner: table.owner,
    group: 'crontab',
    mtimeMs: world.nowMs,
  })
  note(call, table, 'REPLACE')
  return {}
}

const installFrom = (call: Call, table: Table, word: string): Reply => {
  const node = nodeAt(call.machine.files, resolvePath(call.cwd, word))
  return node === undefined
    ? { stderr: `${word}: No such file or directory\n`, exit: 1 }
    : install(call, table, node.text)
}

/** crontab(1): the table of a user. */
export const crontab: Program = {
  names: ['crontab'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, machine, user, stdin } = call
    const at = args.indexOf('-u')
    const owner = at < 0 ? user : (args[at + 1] ?? user)
    const table = { owner, path: `${userTables(machine)}/${owner}` }
    const words = args.filter((_word, index) => at < 0 || (index !== at && index !== at + 1))
    const text = machine.files.get(table.path)?.text
    const missing = { stderr: `no crontab for ${owner}\n`, exit: 1 }
    if (words.includes('-l')) {
      note(call, table, 'LIST')
      return text === undefined ? missing : { stdout: text }
    }
    if (words.includes('-r')) {
      if (text === undefined) return missing
      dropNode(machine.files, table.path)
      note(call, table, 'DELETE')
      return {}
    }
    const file = words.find(word => !word.startsWith('-'))
    if (file !== undefined) return installFrom(call, table, file)
    if (words.includes('-') || (words.length === 0 && stdin !== '')) return install(call, table, stdin)
    return {
      stderr:
        'crontab: a full-screen editor cannot be used here. Give the table on standard input: crontab -\n',
      exit: 1,
    }
  },
}

/** run-parts(8): runs what lies in a folder and may be run. */
export const runParts: Program = {
  names: ['run-parts'],
  isInstalled: onMachines,
  run: async ({ args, cwd, machine, passage }): Promise<Reply> => {
    const folder = args.find(word => !word.startsWith('-'))
    if (folder === undefined) return { stderr: 'run-parts: missing operand\n', exit: 1 }
    const path = resolvePath(cwd, folder)
    if (nodeAt(machine.files, path)?.kind !== 'directory')
      return { stderr: `run-parts: failed to open directory ${folder}: No such file or directory\n`, exit: 1 }
    const scripts = namesIn(machine.files, path)
      .filter(name => /^[\w-]+$/.test(name))
      .map(name => `${path}/${name}`)
      .filter(script => ((nodeAt(machine.files, script)?.mode ?? 0) & 0o111) !== 0)
    if (args.includes('--test') || args.includes('--list'))
      return { stdout: scripts.map(script => `${script}\n`).join('') }
    let stdout = ''
    let stderr = ''
    for (const script of scripts) {
      const ran = await passage.runHere([script])
      stdout += ran.stdout ?? ''
      stderr += ran.stderr ?? ''
      if ((ran.exit ?? 0) !== 0) stderr += `run-parts: ${script} exited with return code ${ran.exit}\n`
    }
    return { stdout, stderr, exit: 0 }
  },
}
