import { operandsOf } from '../command/options.ts'
import type { CommandWords } from '../types.ts'

const valueOptions =
  '-H --host -M --machine -t --type -p --property -n --lines -o --output --state --root -s --signal'.split(
    ' ',
  )

/** The words of a systemctl command that are no options: the verb first, then units. Empty for another program. */
export const systemctlWords = (argv: CommandWords): readonly string[] =>
  argv[0] === 'systemctl' ? operandsOf(argv, valueOptions) : []

const suffix = /\.(?:service|socket|mount|automount|target|timer|path|slice|scope|device|swap)$/

/** The full name of a unit as systemd prints it: `kubelet` is `kubelet.service`, `/var` a mount unit. */
export const unitName = (word: string): string => {
  if (suffix.test(word)) return word
  return word.startsWith('/') ? `${word.slice(1).replaceAll('/', '-') || '-'}.mount` : `${word}.service`
}

/** What a unit file can be, in the words of systemctl, as alternatives of a pattern. */
export const unitFileStates =
  'enabled|enabled-runtime|disabled|static|masked|masked-runtime|linked|linked-runtime|generated|transient|alias|indirect|bad'
