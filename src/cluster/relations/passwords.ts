import { readText, writeText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import { accountsOf, isNamed } from './accounts.ts'

const SHADOW = '/etc/shadow'
const DAY_MS = 86_400_000
/** The day on which the accounts that a system brings along were made. */
const FIRST_DAY = 19_700

/** A password as /etc/shadow keeps one: what is not set is an empty text, days count from 1970. */
export type Password = {
  readonly name: string
  readonly hash: string
  readonly changed: string
  readonly least: string
  readonly most: string
  readonly warning: string
  readonly inactive: string
  readonly expires: string
}

const rowsOf = (machine: Machine): readonly string[] =>
  (readText(machine.files, SHADOW) ?? '').split('\n').filter(row => row !== '')

/** The password of an account that nobody has set yet, of a day. */
export const newPassword = (name: string, day: number): Password => ({
  name,
  hash: '!',
  changed: String(day),
  least: '0',
  most: '99999',
  warning: '7',
  inactive: '',
  expires: '',
})

/** Which day it is, counted from 1970. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS)

/** The password of a user; `undefined` where there is no such user. */
export const passwordOf = (machine: Machine, name: string): Password | undefined => {
  const row = rowsOf(machine).find(each => each.startsWith(`${name}:`))
  if (row === undefined)
    return isNamed(accountsOf(machine), name) ? { ...newPassword(name, FIRST_DAY), hash: '*' } : undefined
  const [, hash = '', changed = '', least = '', most = '', warning = '', inactive = '', expires = ''] =
    row.split(':')
  return { name, hash, changed, least, most, warning, inactive, expires }
}

const textOf = (password: Password): string => {
  const { name, hash, changed, least, most, warning, inactive, expires } = password
  return [name, hash, changed, least, most, warning, inactive, expires, ''].join(':')
}

/** Writes a user's password into /etc/shadow, or takes it out where none is given. */
export const setPassword = (
  machine: Machine,
  name: string,
  { password, mtimeMs }: { readonly password: Password | undefined; readonly mtimeMs: number },
): void => {
  const rows = rowsOf(machine)
  const own = password === undefined ? [] : [textOf(password)]
  const at = rows.findIndex(row => row.startsWith(`${name}:`))
  const kept = at === -1 ? [...rows, ...own] : [...rows.slice(0, at), ...own, ...rows.slice(at + 1)]
  writeText(machine.files, SHADOW, { text: kept.map(row => `${row}\n`).join(''), mtimeMs })
}
