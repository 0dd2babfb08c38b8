import { dayOf, type Password, passwordOf, setPassword } from '../../relations/passwords.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'

const DAY_MS = 86_400_000

const tables: Readonly<Record<string, OptionTable>> = {
  passwd: {
    S: 'status',
    status: 'status',
    l: 'lock',
    lock: 'lock',
    u: 'unlock',
    unlock: 'unlock',
    d: 'delete',
    delete: 'delete',
    e: 'expire',
    expire: 'expire',
    n: 'least=',
    mindays: 'least=',
    x: 'most=',
    maxdays: 'most=',
    w: 'warning=',
    warndays: 'warning=',
    i: 'inactive=',
    inactive: 'inactive=',
  },
  chage: {
    l: 'list',
    list: 'list',
    d: 'changed=',
    lastday: 'changed=',
    E: 'expires=',
    expiredate: 'expires=',
    m: 'least=',
    mindays: 'least=',
    M: 'most=',
    maxdays: 'most=',
    W: 'warning=',
    warndays: 'warning=',
    I: 'inactive=',
    inactive: 'inactive=',
  },
}

const fields = ['changed', 'least', 'most', 'warning', 'inactive', 'expires'] as const

/** A day as the options name one: a number, a date, or -1 for none. */
const dayIn = (text: string): string => {
  if (text === '-1') return ''
  return /^\d+$/.test(text) ? text : String(dayOf(Date.parse(text)))
}

const changedFields = ({ options }: ReadOptions): Partial<Password> =>
  Object.fromEntries(
    fields.flatMap(field => {
      const value = options.get(field)?.at(-1)
      return value === undefined ? [] : [[field, dayIn(value)]]
    }),
  )

const isLocked = ({ hash }: Password): boolean => /^[!*]/.test(hash)

const statusLine = (password: Password): string => {
  const [year, month, day] = new Date(Number(password.changed) * DAY_MS).toISOString().slice(0, 10).split('-')
  const state = isLocked(password) ? 'L' : password.hash === '' ? 'NP' : 'P'
  const { name, least, most, warning, inactive } = password
  return `${name} ${state} ${month}/${day}/${year} ${least} ${most} ${warning} ${inactive || '-1'}\n`
}

const dateText = (days: string): string =>
  new Date(Number(days) * DAY_MS).toLocaleDateString('en-US', {
    month: 'short',
    day: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  })

const NEVER_DAYS = 99_999

const agingText = ({ changed, least, most, warning, inactive, expires }: Password): string => {
  const isDue = changed === '0'
  const end =
    isDue || most === '' || Number(most) >= NEVER_DAYS ? undefined : String(Number(changed) + Number(most))
  const due = isDue ? 'password must be changed' : 'never'
  const inactiveFrom =
    end === undefined || inactive === '' ? due : dateText(String(Number(end) + Number(inactive)))
  return asText([
    `Last password change\t\t\t\t\t: ${isDue ? due : dateText(changed)}`,
    `Password expires\t\t\t\t\t: ${end === undefined ? due : dateText(end)}`,
    `Password inactive\t\t\t\t\t: ${inactiveFrom}`,
    `Account expires\t\t\t\t\t\t: ${expires === '' ? 'never' : dateText(expires)}`,
    `Minimum number of days between password change\t\t: ${least}`,
    `Maximum number of days between password change\t\t: ${most}`,
    `Number of days of warning before password expires\t: ${warning}`,
  ])
}

const put = ({ machine, world }: Call, password: Password): void =>
  setPassword(machine, password.name, { password, mtimeMs: world.nowMs })

/** What stands for the words of a password: as long as a real hash, and told from that of others. */
const hashOf = (words: string): string => {
  let sum = 7
  for (const letter of words) sum = (sum * 31 + letter.charCodeAt(0)) % 2_147_483_647
  return `$y$j9T$${sum.toString(36).padStart(8, 'a')}$${sum.toString(16).padStart(16, '0').repeat(2)}`
}

/** A new password from the input, typed twice. */
const takeNew = (call: Call, password: Password): Reply => {
  const [first = '', second] = call.stdin.split('\n')
  const prompts = first === '' ? 'New password: ' : 'New password: Retype new password: '
  if (first === '' || first !== second)
    return {
      stderr: `${prompts}${first === '' ? '' : 'Sorry, passwords do not match.\n'}passwd: Authentication token manipulation error\npasswd: password unchanged\n`,
      exit: 10,
    }
  put(call, { ...password, hash: hashOf(first), changed: String(dayOf(call.world.nowMs)) })
  return { stderr: `${prompts}passwd: password updated successfully\n` }
}

const CHANGED = { stderr: 'passwd: password expiry information changed.\n' }

const changePassword = (call: Call, read: ReadOptions, password: Password): Reply => {
  const { options } = read
  if (options.has('status')) return { stdout: statusLine(password) }
  const { hash } = password
  if (options.has('unlock') && /^!?$/.test(hash))
    return {
      stderr:
        'passwd: unlocking the password would result in a passwordless account.\nYou should set a password with usermod -p to unlock the password of this account.\n',
      exit: 3,
    }
  const changes: Partial<Password> = {
    ...changedFields(read),
    ...(options.has('lock') ? { hash: hash.startsWith('!') ? hash : `!${hash}` } : {}),
    ...(options.has('unlock') ? { hash: hash.replace(/^!/, '') } : {}),
    ...(options.has('delete') ? { hash: '' } : {}),
    ...(options.has('expire') ? { changed: '0' } : {}),
  }
  if (Object.keys(changes).length === 0) return takeNew(call, password)
  put(call, { ...password, ...changes })
  return CHANGED
}

const changeAging = (call: Call, read: ReadOptions, password: Password): Reply => {
  if (read.options.has('list')) return { stdout: agingText(password) }
  put(call, { ...password, ...changedFields(read) })
  return {}
}

/** passwd(1) and chage(1): passwords and how they age, as /etc/shadow keeps them. */
export const passwords: Program = {
  names: ['passwd', 'chage'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, name: tool, user, machine } = call
    const read = readOptions(tables[tool] ?? {}, args)
    const problem = unknownOption(tool, read)
    const named = read.words[0] ?? (tool === 'passwd' ? user : undefined)
    if (problem !== undefined || named === undefined)
      return {
        stderr: `${(problem ?? '').replace(/Try .*\n$/, '')}Usage: ${tool} [options] LOGIN\n`,
        exit: 2,
      }
    if (user !== 'root' && (tool === 'chage' || named !== user))
      return tool === 'chage' && read.options.has('list') && named === user
        ? { stdout: agingText(passwordOf(machine, named) as Password) }
        : {
            stderr:
              tool === 'chage'
                ? 'chage: Permission denied.\n'
                : `passwd: You may not view or modify password information for ${named}.\n`,
            exit: 1,
          }
    const password = passwordOf(machine, named)
    if (password === undefined)
      return {
        stderr: `${tool}: user '${named}' does not exist${tool === 'chage' ? ' in /etc/passwd' : ''}\n`,
        exit: 1,
      }
    return tool === 'passwd' ? changePassword(call, read, password) : changeAging(call, read, password)
  },
}
