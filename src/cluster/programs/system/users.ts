import { makeFolder, readText, removePath, writeText } from '../../files/file-tree.ts'
import { accountsOf, GROUP, groupsOf, isNamed, PASSWD } from '../../relations/accounts.ts'
import { dayOf, newPassword, passwordOf, setPassword } from '../../relations/passwords.ts'
import { processesOf } from '../../relations/processes.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'

const FIRST_ID = 1_000
const MOST_ID = 60_000

const ofUsers: OptionTable = {
  c: 'comment=',
  comment: 'comment=',
  d: 'home=',
  g: 'gid=',
  gid: 'gid=',
  G: 'groups=',
  groups: 'groups=',
  s: 'shell=',
  shell: 'shell=',
  u: 'uid=',
  uid: 'uid=',
  m: 'make-home',
}

const tables: Readonly<Record<string, OptionTable>> = {
  useradd: {
    ...ofUsers,
    'home-dir': 'home=',
    'create-home': 'make-home',
    M: 'no-home',
    'no-create-home': 'no-home',
    r: 'system',
    system: 'system',
    U: 'user-group',
    'user-group': 'user-group',
  },
  usermod: {
    ...ofUsers,
    home: 'home=',
    'move-home': 'make-home',
    a: 'append',
    append: 'append',
    L: 'lock',
    lock: 'lock',
    U: 'unlock',
    unlock: 'unlock',
  },
  groupadd: { g: 'gid=', gid: 'gid=', r: 'system', system: 'system', f: 'force', force: 'force' },
  userdel: { r: 'remove', remove: 'remove', f: 'force', force: 'force' },
  groupdel: { f: 'force', force: 'force' },
}

type Order = { readonly name: string; readonly options: ReadOptions['options'] }

const valueFor = ({ options }: Order, option: string): string | undefined => options.get(option)?.at(-1)

/** Changes the rows of a file of accounts. */
const rewrite = (call: Call, path: string, change: (rows: readonly string[]) => readonly string[]): void => {
  const rows = (readText(call.machine.files, path) ?? '').split('\n').filter(row => row !== '')
  const text = change(rows)
    .map(row => `${row}\n`)
    .join('')
  writeText(call.machine.files, path, { text, mtimeMs: call.world.nowMs })
}

const append = (call: Call, path: string, row: string): void => rewrite(call, path, rows => [...rows, row])

const freeId = (taken: readonly { readonly id: string }[]): string =>
  String(Math.max(FIRST_ID - 1, ...taken.map(({ id }) => Number(id)).filter(id => id < MOST_ID)) + 1)

const addGroup = (call: Call, order: Order): Reply => {
  const groups = groupsOf(call.machine)
  if (isNamed(groups, order.name))
    return order.options.has('force')
      ? {}
      : { stderr: `groupadd: group '${order.name}' already exists\n`, exit: 9 }
  append(call, GROUP, `${order.name}:x:${valueFor(order, 'gid') ?? freeId(groups)}:`)
  return {}
}

/** The groups that a user is to be in; `undefined` where nothing is said of them. */
const wantedGroups = (order: Order): readonly string[] | undefined => valueFor(order, 'groups')?.split(',')

/** Makes a user a member of the groups that are named, with `only` of no others. */
const join = (call: Call, order: Order, mode: 'also' | 'only'): Reply => {
  const names = wantedGroups(order)
  if (names === undefined) return {}
  const groups = groupsOf(call.machine)
  rewrite(call, GROUP, rows =>
    rows.map((row, at) => {
      const { name = '', id = '', members = [] } = groups[at] ?? {}
      const others = members.filter(member => member !== order.name)
      const isMember =
        names.some(wanted => wanted === name || wanted === id) ||
        (mode === 'also' && members.includes(order.name))
      return row.replace(/[^:]*$/, (isMember ? [...others, order.name] : others).join(','))
    }),
  )
  return {}
}

const addUser = (call: Call, order: Order): Reply => {
  const { name, options } = order
  const { machine, world } = call
  const users = accountsOf(machine)
  const groups = groupsOf(machine)
  if (isNamed(users, name)) return { stderr: `useradd: user '${name}' already exists\n`, exit: 9 }
  const wanted = valueFor(order, 'gid')
  const given = groups.find(group => group.name === wanted || group.id === wanted)
  if (given === undefined && isNamed(groups, name))
    return {
      stderr: `useradd: group ${name} exists - if you want to add this user to that group, use -g.\n`,
      exit: 9,
    }
  const id = valueFor(order, 'uid') ?? freeId(users)
  const groupId = given?.id ?? (groups.some(group => group.id === id) ? freeId(groups) : id)
  const home = valueFor(order, 'home') ?? `/home/${name}`
  const shell = valueFor(order, 'shell') ?? '/bin/sh'
  setPassword(machine, name, {
    password: newPassword(name, dayOf(world.nowMs)),
    mtimeMs: world.nowMs,
  })
  append(call, PASSWD, `${name}:x:${id}:${groupId}:${valueFor(order, 'comment') ?? ''}:${home}:${shell}`)
  if (given === undefined) append(call, GROUP, `${name}:x:${groupId}:`)
  if (options.has('make-home'))
    makeFolder(machine.files, home, {
      mtimeMs: world.nowMs,
      owner: name,
      group: given?.name ?? name,
    })
  return join(call, order, 'also')
}

const changeUser = (call: Call, order: Order): Reply => {
  const { name, options } = order
  if (!isNamed(accountsOf(call.machine), name))
    return { stderr: `usermod: user '${name}' does not exist\n`, exit: 6 }
  const password = passwordOf(call.machine, name)
  if (password !== undefined && (options.has('lock') || options.has('unlock'))) {
    const hash = password.hash.replace(/^!/, '')
    const changed = { ...password, hash: options.has('lock') ? `!${hash}` : hash }
    setPassword(call.machine, name, { password: changed, mtimeMs: call.world.nowMs })
  }
  const changes = ['', '', 'uid', '', 'comment', 'home', 'shell'].map(field => valueFor(order, field))
  rewrite(call, PASSWD, rows =>
    rows.map(row =>
      row.startsWith(`${name}:`)
        ? row
            .split(':')
            .map((cell, at) => changes[at] ?? cell)
            .join(':')
        : row,
    ),
  )
  return join(call, order, options.has('append') ? 'also' : 'only')
}

const dropRow = (call: Call, path: string, name: string): void =>
  rewrite(call, path, rows => rows.filter(row => !row.startsWith(`${name}:`)))

const removeUser = (call: Call, { name, options }: Order): Reply => {
  const { machine, world } = call
  const account = accountsOf(machine).find(each => each.name === name)
  if (account === undefined) return { stderr: `userdel: user '${name}' does not exist\n`, exit: 6 }
  const busy = processesOf(world, machine).find(process => process.user === name)
  if (busy !== undefined && !options.has('force'))
    return { stderr: `userdel: user ${name} is currently used by process ${busy.pid}\n`, exit: 8 }
  dropRow(call, PASSWD, name)
  setPassword(machine, name, { password: undefined, mtimeMs: world.nowMs })
  const own = groupsOf(machine).find(group => group.name === name)
  if (own?.members.every(member => member === name)) dropRow(call, GROUP, name)
  rewrite(call, GROUP, rows =>
    rows.map(row => {
      const members = row.replace(/^.*:/, '').split(',')
      return row.replace(/[^:]*$/, members.filter(member => member !== name).join(','))
    }),
  )
  if (!options.has('remove')) return {}
  removePath(machine.files, account.home)
  return { stderr: `userdel: ${name} mail spool (/var/mail/${name}) not found\n` }
}

const removeGroup = (call: Call, { name }: Order): Reply => {
  const group = groupsOf(call.machine).find(each => each.name === name)
  if (group === undefined) return { stderr: `groupdel: group '${name}' does not exist\n`, exit: 6 }
  const user = accountsOf(call.machine).find(({ groupId }) => groupId === group.id)
  if (user !== undefined)
    return { stderr: `groupdel: cannot remove the primary group of user '${user.name}'\n`, exit: 8 }
  dropRow(call, GROUP, name)
  return {}
}

/** The first group that an order names for a user and that there is not. */
const missingGroup = ({ machine, name: tool }: Call, order: Order): string | undefined => {
  if (!/^user(add|mod)$/.test(tool)) return undefined
  const groups = groupsOf(machine)
  return [valueFor(order, 'gid') ?? [], wantedGroups(order) ?? []]
    .flat()
    .find(wanted => !groups.some(({ name, id }) => wanted === name || wanted === id))
}

const deeds = {
  useradd: addUser,
  usermod: changeUser,
  userdel: removeUser,
  groupadd: addGroup,
  groupdel: removeGroup,
} as const

/** useradd(8), usermod(8), userdel(8), groupadd(8), groupdel(8): accounts as /etc/passwd and /etc/group keep them. */
export const users: Program = {
  names: Object.keys(deeds),
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, name: tool, user } = call
    const read = readOptions(tables[tool] ?? {}, args)
    const [name] = read.words
    const isOfGroups = tool.startsWith('group')
    const problem = unknownOption(tool, read)
    if (problem !== undefined || name === undefined) {
      const usage = `Usage: ${tool} [options] ${isOfGroups ? 'GROUP' : 'LOGIN'}\n`
      return { stderr: (problem ?? '').replace(/Try .*\n$/, '') + usage, exit: 2 }
    }
    if (user !== 'root')
      return {
        stderr: `${tool}: Permission denied.\n${tool}: cannot lock ${isOfGroups ? GROUP : PASSWD}; try again later.\n`,
        exit: 1,
      }
    const order = { name, options: read.options }
    const missing = missingGroup(call, order)
    return missing === undefined
      ? deeds[tool as keyof typeof deeds](call, order)
      : { stderr: `${tool}: group '${missing}' does not exist\n`, exit: 6 }
  },
}
