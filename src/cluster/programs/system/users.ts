import { makeFolder, readText, writeText } from '../../files/file-tree.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'

const FIRST_ID = 1_000

const rowsOf = (call: Call, path: string): readonly string[] =>
  (readText(call.machine.files, path) ?? '').split('\n').filter(row => row !== '')

const write = (call: Call, path: string, rows: readonly string[]): void =>
  writeText(call.machine.files, path, { text: `${rows.join('\n')}\n`, mtimeMs: call.world.nowMs })

const has = (rows: readonly string[], name: string): boolean => rows.some(row => row.startsWith(`${name}:`))

const freeId = (rows: readonly string[]): number =>
  Math.max(FIRST_ID - 1, ...rows.map(row => Number(row.split(':')[2])).filter(id => id < 60_000)) + 1

const optionIn = ({ args }: Call, letters: RegExp): string | undefined => {
  const at = args.findIndex(arg => letters.test(arg))
  return at === -1 ? undefined : args[at + 1]
}

const addGroup = (call: Call, name: string): Reply => {
  const groups = rowsOf(call, '/etc/group')
  if (has(groups, name)) return { stderr: `groupadd: group '${name}' already exists\n`, exit: 9 }
  write(call, '/etc/group', [...groups, `${name}:x:${freeId(groups)}:`])
  return {}
}

/** Puts a user among the members of groups; gives the first group that does not exist. */
const join = (call: Call, user: string, names: readonly string[]): string | undefined => {
  const groups = rowsOf(call, '/etc/group')
  const missing = names.find(name => !has(groups, name))
  if (missing !== undefined) return missing
  const joined = groups.map(row => {
    const [name = '', secret = 'x', id = '', members = ''] = row.split(':')
    const list = members.split(',').filter(member => member !== '')
    return names.includes(name) && !list.includes(user)
      ? [name, secret, id, [...list, user].join(',')].join(':')
      : row
  })
  write(call, '/etc/group', joined)
  return undefined
}

const addUser = (call: Call, name: string): Reply => {
  const users = rowsOf(call, '/etc/passwd')
  if (has(users, name)) return { stderr: `useradd: user '${name}' already exists\n`, exit: 9 }
  const id = optionIn(call, /^(-u|--uid)$/) ?? String(freeId(users))
  const shell = optionIn(call, /^(-s|--shell)$/) ?? '/bin/sh'
  const home = optionIn(call, /^(-d|--home-dir)$/) ?? `/home/${name}`
  write(call, '/etc/passwd', [...users, `${name}:x:${id}:${id}::${home}:${shell}`])
  const groups = rowsOf(call, '/etc/group')
  if (!has(groups, name)) write(call, '/etc/group', [...groups, `${name}:x:${id}:`])
  if (call.args.some(arg => /^(-m|--create-home)$/.test(arg)))
    makeFolder(call.machine.files, home, { mtimeMs: call.world.nowMs, owner: name, group: name })
  const missing = join(call, name, optionIn(call, /^(-G|--groups)$/)?.split(',') ?? [])
  return missing === undefined ? {} : { stderr: `useradd: group '${missing}' does not exist\n`, exit: 6 }
}

const changeUser = (call: Call, name: string): Reply => {
  const users = rowsOf(call, '/etc/passwd')
  if (!has(users, name)) return { stderr: `usermod: user '${name}' does not exist\n`, exit: 6 }
  const shell = optionIn(call, /^(-s|--shell)$/)
  if (shell !== undefined)
    write(
      call,
      '/etc/passwd',
      users.map(row => (row.startsWith(`${name}:`) ? row.replace(/[^:]*$/, shell) : row)),
    )
  const missing = join(call, name, optionIn(call, /^-a?G$|^--groups$/)?.split(',') ?? [])
  return missing === undefined ? {} : { stderr: `usermod: group '${missing}' does not exist\n`, exit: 6 }
}

/** useradd(8), usermod(8), groupadd(8): accounts as /etc/passwd and /etc/group keep them. */
export const users: Program = {
  names: ['useradd', 'usermod', 'groupadd'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, name: tool, user } = call
    const target = args.at(-1)
    if (target === undefined || target.startsWith('-'))
      return { stderr: `Usage: ${tool} [options] ${tool === 'groupadd' ? 'GROUP' : 'LOGIN'}\n`, exit: 2 }
    const file = tool === 'groupadd' ? '/etc/group' : '/etc/passwd'
    if (user !== 'root')
      return {
        stderr: `${tool}: Permission denied.\n${tool}: cannot lock ${file}; try again later.\n`,
        exit: 1,
      }
    return tool === 'groupadd'
      ? addGroup(call, target)
      : tool === 'useradd'
        ? addUser(call, target)
        : changeUser(call, target)
  },
}
