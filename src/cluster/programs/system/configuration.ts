import { readText } from '../../files/file-tree.ts'
import { everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, readOptions } from '../../text/read-options.ts'
import type { Machine } from '../../world/machine.ts'

const variables = ({ cpu, memoryBytes }: Machine): Readonly<Record<string, number>> => ({
  PAGESIZE: 4096,
  PAGE_SIZE: 4096,
  _NPROCESSORS_CONF: cpu.cores,
  _NPROCESSORS_ONLN: cpu.cores,
  _PHYS_PAGES: Math.floor(memoryBytes / 4096),
  CLK_TCK: 100,
  LONG_BIT: 64,
  ARG_MAX: 2_097_152,
  NAME_MAX: 255,
  PATH_MAX: 4096,
})

/** getconf(1), for what is asked of it in practice. */
export const getconf: Program = {
  names: ['getconf'],
  isInstalled: everywhere,
  run: ({ host, args: [name] }): Reply => {
    if (name === undefined)
      return { stderr: 'Usage: getconf [-v specification] variable_name [pathname]\n', exit: 2 }
    const value = variables(host)[name]
    return value === undefined
      ? { stderr: `getconf: Unrecognized variable \`${name}'\n`, exit: 2 }
      : { stdout: `${value}\n` }
  },
}

/** tty(1). */
export const tty: Program = {
  names: ['tty'],
  isInstalled: everywhere,
  run: ({ passage }): Reply =>
    passage.hasTerminal ? { stdout: '/dev/pts/0\n' } : { stdout: 'not a tty\n', exit: 1 },
}

const releaseOptions: OptionTable = {
  a: 'all',
  all: 'all',
  i: 'id',
  id: 'id',
  d: 'description',
  description: 'description',
  r: 'release',
  release: 'release',
  c: 'codename',
  codename: 'codename',
  s: 'short',
  short: 'short',
}

/** lsb_release(1), from what `/etc/os-release` says. */
export const lsbRelease: Program = {
  names: ['lsb_release'],
  isInstalled: onMachines,
  run: ({ machine, args }): Reply => {
    const { options, unknown } = readOptions(releaseOptions, args)
    if (unknown !== undefined)
      return {
        stderr: `Usage: lsb_release [options]\n\nlsb_release: error: no such option: ${unknown}\n`,
        exit: 2,
      }
    const text = readText(machine.files, '/etc/os-release') ?? ''
    const told = (key: string): string => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? ''
    const rows = [
      { option: 'id', label: 'Distributor ID', value: told('ID').replace(/^./, one => one.toUpperCase()) },
      { option: 'description', label: 'Description', value: told('PRETTY_NAME') },
      { option: 'release', label: 'Release', value: told('VERSION_ID') },
      { option: 'codename', label: 'Codename', value: told('VERSION_CODENAME') },
    ]
    const shown = rows.filter(({ option }) => options.has('all') || options.has(option))
    const lines = shown.map(({ label, value }) => (options.has('short') ? value : `${label}:\t${value}`))
    return { stdout: asText(lines), stderr: 'No LSB modules are available.\n' }
  },
}
