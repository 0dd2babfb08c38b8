import { namesIn, readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import { groupsOf } from './accounts.ts'

const MAIN = '/etc/sudoers'
const FOLDER = '/etc/sudoers.d'

type SudoersFile = { readonly path: string; readonly text: string }

/** The files that sudo reads: those of its folder that are no copies or packages. */
const filesOf = ({ files }: Machine): readonly SudoersFile[] =>
  [
    MAIN,
    ...namesIn(files, FOLDER)
      .filter(name => !/[.~]/.test(name))
      .map(name => `${FOLDER}/${name}`),
  ].flatMap(path => {
    const text = readText(files, path)
    return text === undefined ? [] : [{ path, text }]
  })

const rule = /^(%?[\w.-]+|ALL)\s+\S+\s*=\s*(?:\([^)]*\)\s*)?((?:(?:NO)?PASSWD:\s*|\w+:\s*)*)(.+)$/
const fine = /^(#|@include|#include|Defaults\b|\w+_Alias\b|$)/

/** The paths of the files that sudo reads. */
export const sudoersFiles = (machine: Machine): readonly string[] => filesOf(machine).map(({ path }) => path)

/** Lines that sudo cannot read, in its own words. */
export const sudoersProblems = (machine: Machine): readonly string[] =>
  filesOf(machine).flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => {
      const trimmed = line.trim()
      if (fine.test(trimmed) || rule.test(trimmed)) return []
      return [
        `${path}:${at + 1}:${trimmed.search(/\s|$/) + 1}: syntax error\n${line}\n${' '.repeat(Math.max(0, trimmed.search(/\s|$/)))}^${'~'.repeat(3)}`,
      ]
    }),
  )

/** What the files let a user run: each command with whether a password is asked for. */
export const sudoRulesOf = (
  machine: Machine,
  user: string,
): readonly { readonly command: string; readonly asksPassword: boolean }[] => {
  const groups = groupsOf(machine)
    .filter(({ name, members }) => name === user || members.includes(user))
    .map(({ name }) => `%${name}`)
  return filesOf(machine).flatMap(({ text }) =>
    text.split('\n').flatMap(line => {
      const [, who = '', tags = '', command = ''] = rule.exec(line.trim()) ?? []
      return who === user || who === 'ALL' || groups.includes(who)
        ? [{ command, asksPassword: !tags.includes('NOPASSWD') }]
        : []
    }),
  )
}
