import { accountsOf, groupsOf } from '../../relations/accounts.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import { everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

/** uname(1). */
export const uname: Program = {
  names: ['uname'],
  isInstalled: everywhere,
  run: ({ machine, host, args }): Reply => {
    const { kernel, kernelVersion } = host.os
    const parts: readonly (readonly [RegExp, string])[] = [
      [/s|^$/, 'Linux'],
      [/n/, hostnameOf(machine)],
      [/r/, kernel],
      [/v/, kernelVersion],
      [/m/, 'x86_64'],
      [/p/, 'x86_64'],
      [/i/, 'x86_64'],
      [/o/, 'GNU/Linux'],
    ]
    const long: Readonly<Record<string, string>> = {
      '--all': 'a',
      '--kernel-name': 's',
      '--nodename': 'n',
      '--kernel-release': 'r',
      '--kernel-version': 'v',
      '--machine': 'm',
      '--processor': 'p',
      '--operating-system': 'o',
    }
    const bad = args.find(arg => !/^-[asnrvmpio]+$/.test(arg) && long[arg] === undefined)
    if (bad !== undefined)
      return {
        stderr: `uname: ${bad.startsWith('-') ? `invalid option -- '${bad.slice(1)}'` : `extra operand '${bad}'`}\nTry 'uname --help' for more information.\n`,
        exit: 1,
      }
    const letters = args.map(arg => long[arg] ?? arg.slice(1)).join('')
    const wanted = letters.includes('a') ? 'snrvmpio' : letters
    return {
      stdout: `${parts
        .filter(([letter]) => letter.test(wanted))
        .map(([, text]) => text)
        .join(' ')}\n`,
    }
  },
}

/** id(1), whoami(1), groups(1). */
export const id: Program = {
  names: ['id', 'whoami', 'groups', 'logname'],
  isInstalled: everywhere,
  run: ({ name, args, user, machine }): Reply => {
    const isNameless = /^\d+$/.test(user)
    if (name === 'whoami' && isNameless)
      return { stderr: `whoami: cannot find name for user ID ${user}\n`, exit: 1 }
    if (name === 'whoami' || name === 'logname') return { stdout: `${user}\n` }
    const asked = args.find(arg => !arg.startsWith('-'))
    if (asked === undefined && isNameless) return { stdout: `uid=${user} gid=0(root) groups=0(root)\n` }
    const who = asked ?? user
    const account = accountsOf(machine).find(each => each.name === who)
    if (account === undefined && who !== 'root') return { stderr: `id: '${who}': no such user\n`, exit: 1 }
    const { id: uid = '0', groupId: gid = '0' } = account ?? {}
    const all = groupsOf(machine)
    const own = all.find(group => group.id === gid)?.name ?? who
    const others = all.filter(({ members, id: other }) => other !== gid && members.includes(who))
    const groups = [`${gid}(${own})`, ...others.map(group => `${group.id}(${group.name})`)]
    if (name === 'groups') return { stdout: `${[own, ...others.map(group => group.name)].join(' ')}\n` }
    const letters = args.filter(arg => arg.startsWith('-')).join('')
    if (letters.includes('u')) return { stdout: `${letters.includes('n') ? who : uid}\n` }
    if (/g/.test(letters)) return { stdout: `${letters.includes('n') ? own : gid}\n` }
    return { stdout: `uid=${uid}(${who}) gid=${gid}(${own}) groups=${groups.join(',')}\n` }
  },
}

/** nproc(1) and lscpu(1). */
export const nproc: Program = {
  names: ['nproc', 'lscpu', 'arch'],
  isInstalled: everywhere,
  run: ({ name, host }): Reply => {
    if (name === 'nproc') return { stdout: `${host.cpu.cores}\n` }
    if (name === 'arch') return { stdout: 'x86_64\n' }
    const rows: readonly (readonly [string, string])[] = [
      ['Architecture', 'x86_64'],
      ['CPU op-mode(s)', '32-bit, 64-bit'],
      ['Byte Order', 'Little Endian'],
      ['CPU(s)', String(host.cpu.cores)],
      ['On-line CPU(s) list', `0-${host.cpu.cores - 1}`],
      ['Vendor ID', 'GenuineIntel'],
      ['Model name', host.cpu.model],
      ['Thread(s) per core', '1'],
      ['Core(s) per socket', '1'],
      ['Socket(s)', String(host.cpu.cores)],
      ['Hypervisor vendor', 'KVM'],
      ['Virtualization type', 'full'],
      ['NUMA node(s)', '1'],
      ['NUMA node0 CPU(s)', `0-${host.cpu.cores - 1}`],
    ]
    return { stdout: asText(rows.map(([label, value]) => `${`${label}:`.padEnd(32)}${value}`)) }
  },
}

/** systemd-detect-virt(1). */
export const detectVirt: Program = {
  names: ['systemd-detect-virt', 'virt-what'],
  isInstalled: onMachines,
  run: ({ host }): Reply => ({
    stdout: `${host.virtualization}\n`,
    exit: host.virtualization === 'none' ? 1 : 0,
  }),
}
