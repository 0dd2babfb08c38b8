import { readText } from '../files/file-tree.ts'
import { remembering } from '../kube/remember.ts'
import type { Machine } from '../world/machine.ts'

/** The file of a machine's accounts. */
export const PASSWD = '/etc/passwd'
/** The file of a machine's groups. */
export const GROUP = '/etc/group'

/** A user as /etc/passwd keeps one. */
export type Account = {
  readonly name: string
  readonly id: string
  readonly groupId: string
  readonly home: string
  readonly shell: string
}

/** A group as /etc/group keeps one. */
export type Group = { readonly name: string; readonly id: string; readonly members: readonly string[] }

const rowsOf = (machine: Machine, path: string): readonly (readonly string[])[] =>
  (readText(machine.files, path) ?? '')
    .split('\n')
    .filter(row => row !== '')
    .map(row => row.split(':'))

/** The users of a machine. */
export const accountsOf = (machine: Machine): readonly Account[] =>
  rowsOf(machine, PASSWD).map(([name = '', , id = '', groupId = '', , home = '', shell = '']) => ({
    name,
    id,
    groupId,
    home,
    shell,
  }))

/** The groups of a machine. */
export const groupsOf = (machine: Machine): readonly Group[] =>
  rowsOf(machine, GROUP).map(([name = '', , id = '', members = '']) => ({
    name,
    id,
    members: members.split(',').filter(member => member !== ''),
  }))

/** Who has no account, to the kernel: nobody. */
const NOBODY = '65534'

type Numbered = { readonly name: string; readonly id: string }

/** A container need not keep files of accounts: its root is root all the same. */
const numberIn = (all: readonly Numbered[], name: string): string =>
  /^\d+$/.test(name) ? name : (all.find(each => each.name === name)?.id ?? (name === 'root' ? '0' : NOBODY))

const namesIn = remembering(
  (text): ReadonlyMap<string, string> =>
    new Map(
      text
        .split('\n')
        .flatMap(row => (row === '' ? [] : [[row.split(':')[2] ?? '', row.split(':')[0] ?? ''] as const])),
    ),
)

/** The name that a machine has for a user's number, or the number where it has none. */
export const userNamed = ({ files }: Machine, id: string): string =>
  namesIn(readText(files, PASSWD) ?? '').get(id) ?? id

/** The number by which the kernel knows a user. */
export const userIdOf = (machine: Machine, name: string): string => numberIn(accountsOf(machine), name)

/** The number of the group that the processes of a user have. */
export const ownGroupIdOf = (machine: Machine, user: string): string =>
  /^\d+$/.test(user)
    ? user
    : (accountsOf(machine).find(({ name }) => name === user)?.groupId ?? (user === 'root' ? '0' : NOBODY))

/** The number by which the kernel knows a group. */
export const groupIdOf = (machine: Machine, name: string): string => numberIn(groupsOf(machine), name)

/** Whether a machine has a user or a group of a name. */
export const isNamed = (all: readonly { readonly name: string }[], wanted: string): boolean =>
  all.some(({ name }) => name === wanted)
