import { isBusybox } from '../../shell/busybox-words.ts'
import type { Program, Reply } from '../../shell/program.ts'
import { readOptions } from './option-reader.ts'

const table = { switches: ['f', 'i', 'v'], valued: ['p', 'h', 'c', 'r', 'u'] }

/** httpd of busybox: serves files until it is ended, behind `-f` where it was begun. */
export const httpd: Program = {
  names: ['httpd'],
  isInstalled: isBusybox,
  run: ({ args }): Reply =>
    readOptions(args, table).flags.has('f') ? { follow: { next: () => '' } } : { tookMs: 5 },
}
