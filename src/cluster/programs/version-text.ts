import { isBefore, releaseOf, type Shipped } from '../relations/userland.ts'
import { isBusybox } from '../shell/busybox-words.ts'
import type { Call, Program, Reply } from '../shell/program.ts'
import type { Machine } from '../world/machine.ts'

/** The packages of GNU's tools, each with the names of those that the simulated machines have. */
const gnu: readonly (readonly [package_: Shipped, title: string, names: string])[] = [
  [
    'coreutils',
    'GNU coreutils',
    'date ls cp mv rm mkdir touch stat df du head tail wc sort uniq cut chmod chown ln readlink realpath tee uname id who install mktemp nproc timeout',
  ],
  ['findutils', 'GNU findutils', 'find xargs'],
  ['grep', 'GNU grep', 'grep'],
]

const LICENSE =
  'This is free software: you are free to change and redistribute it.\nThere is NO WARRANTY, to the extent permitted by law.\n'

const years: Readonly<Record<string, string>> = {
  '8.22': '2013',
  '8.26': '2016',
  '8.32': '2020',
  '4.5.11': '2012',
  '4.7.0-git': '2016',
  '4.8.0': '2021',
  '2.20': '2014',
  '2.27': '2016',
  '3.7': '2021',
  '4.2.46(2)': '2011',
  '4.4.12(1)': '2016',
  '5.1.16(1)': '2020',
}

const licence = (release: string): string =>
  `Copyright (C) ${years[release] ?? '2020'} Free Software Foundation, Inc.\nLicense GPLv3+: GNU GPL version 3 or later <http${Number.parseInt(years[release] ?? '', 10) < 2020 ? '' : 's'}://gnu.org/licenses/gpl.html>.\n`

const gnuText = (machine: Machine, name: string): string | undefined => {
  const found = gnu.find(([, , names]) => names.split(' ').includes(name))
  if (found === undefined) return undefined
  const release = releaseOf(machine, found[0])
  return `${name} (${found[1]}) ${release}\n${licence(release)}${LICENSE}`
}

const bashText = (machine: Machine): string => {
  const release = releaseOf(machine, 'bash')
  const kind = machine.os.id === 'centos' ? 'x86_64-redhat-linux-gnu' : 'x86_64-pc-linux-gnu'
  return `GNU bash, version ${release}-release (${kind})\n${licence(release).replace('https', 'http').replace('html>.', 'html>')}\nThis is free software; you are free to change and redistribute it.\nThere is NO WARRANTY, to the extent permitted by law.\n`
}

/** iproute2 counted by days until its releases took the kernel's numbers. */
const days: Readonly<Record<string, string>> = { '4.9.0': 'ss161212', '4.11.0': 'ss170501' }

const iprouteText = (machine: Machine, name: string): string => {
  const release = releaseOf(machine, 'iproute')
  const library = days[release] === undefined && name === 'ip' ? ', libbpf 0.5.0' : ''
  return `${name} utility, iproute2-${days[release] ?? release}${library}\n`
}

const procpsText = (machine: Machine, name: string): string =>
  name === 'ps' && isBefore(machine, 'procps', '3.3.11')
    ? `procps-ng version ${releaseOf(machine, 'procps')}\n`
    : `${name} from procps-ng ${releaseOf(machine, 'procps')}\n`

type Told = {
  readonly asked: RegExp
  readonly text: (machine: Machine, name: string) => string | undefined
  readonly output?: 'stdout' | 'stderr'
}

const told: readonly (readonly [names: string, told: Told])[] = [
  ['ip ss', { asked: /^(-V|-Version|--version)$/, text: iprouteText }],
  [
    'ssh',
    {
      asked: /^-V$/,
      text: machine => `OpenSSH_${releaseOf(machine, 'openssh')}, OpenSSL ${releaseOf(machine, 'openssl')}\n`,
      output: 'stderr',
    },
  ],
  ['bash', { asked: /^--version$/, text: bashText }],
  [
    'lsblk findmnt dmesg',
    {
      asked: /^(-V|--version)$/,
      text: (machine, name) => `${name} from util-linux ${releaseOf(machine, 'util-linux')}\n`,
    },
  ],
  ['ps free uptime vmstat pgrep pkill w watch sysctl', { asked: /^(-V|--version)$/, text: procpsText }],
]

const plain: Told = { asked: /^--version$/, text: gnuText }

const versionReply = (call: Call): Reply | undefined => {
  const { name, args, machine } = call
  const [first = ''] = args
  if (!/^-(V|-?[vV]ersion)$/.test(first) || isBusybox(call)) return undefined
  const {
    asked,
    text,
    output = 'stdout',
  } = told.find(([names]) => names.split(' ').includes(name))?.[1] ?? plain
  const said = asked.test(first) ? text(machine, name) : undefined
  return said === undefined ? undefined : { [output]: said }
}

/** A program that tells the release of its package where it is asked for nothing else. */
export const tellingVersion = (program: Program): Program => ({
  ...program,
  run: call => versionReply(call) ?? program.run(call),
})
