import { makeFolder, readText, writeText } from '../../files/file-tree.ts'
import { accountsOf, GROUP, groupsOf, isNamed, PASSWD } from '../../relations/accounts.ts'
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
  usermod: { ...ofUsers, home: 'home=', 'move-home': 'make-home', a: 'append', append: 'append' },
  groupadd: { g: 'gid=', gid: 'gid=', r: 'system', system: 'system', f: 'force', force: 'force' },
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

/** The first group that an order names for a user and that there is not. */
const missingGroup = ({ machine, name: tool }: Call, order: Order): string | undefined => {
  if (tool === 'groupadd') return undefined
  const groups = groupsOf(machine)
  return [valueFor(order, 'gid') ?? [], wantedGroups(order) ?? []]
    .flat()
    .find(wanted => !groups.some(({ name, id }) => wanted === name || wanted === id))
}

const deeds = { useradd: addUser, usermod: changeUser, groupadd: addGroup } as const

/** useradd(8), usermod(8), groupadd(8): accounts as /etc/passwd and /etc/group keep them. */
export const users: Program = {
  names: Object.keys(deeds),
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, name: tool, user } = call
    const read = readOptions(tables[tool] ?? {}, args)
    const [name] = read.words
    const problem = unknownOption(tool, read)
    if (problem !== undefined || name === undefined) {
      const usage = `Usage: ${tool} [options] ${tool === 'groupadd' ? 'GROUP' : 'LOGIN'}\n`
      return { stderr: (problem ?? '').replace(/Try .*\n$/, '') + usage, exit: 2 }
    }
    if (user !== 'root')
      return {
        stderr: `${tool}: Permission denied.\n${tool}: cannot lock ${tool === 'groupadd' ? GROUP : PASSWD}; try again later.\n`,
        exit: 1,
      }
    const order = { name, options: read.options }
    const missing = missingGroup(call, order)
    return missing === undefined
      ? deeds[tool as keyof typeof deeds](call, order)
      : { stderr: `${tool}: group '${missing}' does not exist\n`, exit: 6 }
  },
}
