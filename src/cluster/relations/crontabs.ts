import { namesIn } from '../files/file-tree.ts'
import type { FileNode } from '../world/file-node.ts'
import type { Machine } from '../world/machine.ts'

/** A line of a crontab that runs something. */
export type CronEntry = {
  readonly schedule: string
  readonly user: string
  readonly command: string
  /** What the command reads: the text after a first bare `%`. */
  readonly stdin: string
  readonly env: Readonly<Record<string, string>>
}

/** Where the tables of the users lie, by distribution. */
export const userTables = ({ os }: Machine): string =>
  os.id === 'centos' ? '/var/spool/cron' : '/var/spool/cron/crontabs'

const SYSTEM_TABLES = '/etc/cron.d'

const REMARK = /^\s*(#|$)/
const SETTING = /^\s*([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/
const ENTRY = /^\s*(@\w+|(?:\S+\s+){4}\S+)\s+(.+)$/
/** What a field of a schedule is written with: numbers, names of three letters, and what joins them. */
const SCHEDULE = /^(?:@\w+|(?:(?:[\d*,/-]|[A-Za-z]{3})+(?:\s+|$)){5})$/

const unquoted = (value: string): string => value.replace(/^(["'])(.*)\1$/, '$2')

const entriesOf = (text: string, owner: string | undefined): readonly CronEntry[] => {
  const env: Record<string, string> = {}
  return text.split('\n').flatMap(line => {
    if (REMARK.test(line)) return []
    const [, name, value = ''] = SETTING.exec(line) ?? []
    if (name !== undefined) {
      env[name] = unquoted(value)
      return []
    }
    const [, schedule = '', rest = ''] = ENTRY.exec(line) ?? []
    const [, named = '', work = ''] =
      owner === undefined ? (/^(\S+)\s(.+)$/.exec(rest) ?? []) : ['', owner, rest]
    const [command = '', ...lines] = work.split(/(?<!\\)%/).map(part => part.replaceAll('\\%', '%'))
    const stdin = lines.length === 0 ? '' : `${lines.join('\n')}\n`
    return command.trim() === '' ? [] : [{ schedule, user: named, command, stdin, env: { ...env } }]
  })
}

/** cron takes no file of the system that others than root could have written. */
const isTrusted = ({ owner, mode }: FileNode): boolean => owner === 'root' && (mode & 0o022) === 0

/** What cron of a machine runs when: /etc/crontab, the files below /etc/cron.d and the tables of the users. */
export const crontabsOf = (machine: Machine): readonly CronEntry[] => {
  const { files } = machine
  const tables = userTables(machine)
  const system = [
    '/etc/crontab',
    ...namesIn(files, SYSTEM_TABLES)
      .filter(name => /^[\w-]+$/.test(name))
      .map(name => `${SYSTEM_TABLES}/${name}`),
  ]
  return [
    ...system.flatMap(path => {
      const node = files.get(path)
      return node?.text === undefined || !isTrusted(node) ? [] : entriesOf(node.text, undefined)
    }),
    ...namesIn(files, tables).flatMap(user => entriesOf(files.get(`${tables}/${user}`)?.text ?? '', user)),
  ]
}

/** Where in a user's table the first line stands that is neither a remark, a setting nor an entry, counted from 0; -1 without any. */
export const badLineOf = (text: string): number =>
  text
    .split('\n')
    .findIndex(
      line => !REMARK.test(line) && !SETTING.test(line) && !SCHEDULE.test(ENTRY.exec(line)?.[1] ?? ''),
    )
