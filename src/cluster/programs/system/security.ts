import { unitOf } from '../../relations/unit-of.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { Machine } from '../../world/machine.ts'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The tools of SELinux, which distributions of Red Hat's kind have even where it is off. */
export const selinux: Program = {
  names: ['getenforce', 'setenforce', 'sestatus', 'restorecon', 'ausearch'],
  isInstalled: ({ machine, container }) =>
    container === undefined && (machine.selinux !== 'disabled' || machine.os.id !== 'ubuntu'),
  run: ({ name, args, machine, user }): Reply => {
    if (machine.selinux === 'disabled' && name === 'sestatus')
      return { stdout: 'SELinux status:                 disabled\n' }
    if (machine.selinux === 'disabled' && name === 'setenforce')
      return { stderr: 'setenforce: SELinux is disabled\n', exit: 1 }
    if (name === 'getenforce') return { stdout: `${capital(machine.selinux)}\n` }
    if (name === 'ausearch') return { stdout: '<no matches>\n', exit: 1 }
    if (name === 'restorecon') return {}
    if (name === 'sestatus')
      return {
        stdout: asText([
          'SELinux status:                 enabled',
          'SELinuxfs mount:                /sys/fs/selinux',
          'SELinux root directory:         /etc/selinux',
          'Loaded policy name:             targeted',
          `Current mode:                   ${machine.selinux}`,
          'Mode from config file:          enforcing',
          'Policy MLS status:              enabled',
          'Policy deny_unknown status:     allowed',
          'Memory protection checking:     actual (secure)',
          'Max kernel policy version:      33',
        ]),
      }
    const mode = { 0: 'permissive', permissive: 'permissive', 1: 'enforcing', enforcing: 'enforcing' }[
      (args[0] ?? '').toLowerCase()
    ]
    if (mode === undefined)
      return { stderr: 'usage:  setenforce [ Enforcing | Permissive | 1 | 0 ]\n', exit: 1 }
    if (user !== 'root')
      return { stderr: 'setenforce:  security_setenforce() failed:  Permission denied\n', exit: 1 }
    machine.selinux = mode as Machine['selinux']
    return {}
  },
}

const profiles = [
  '/usr/bin/man',
  '/usr/lib/snapd/snap-confine',
  '/usr/sbin/chronyd',
  'cri-containerd.apparmor.d',
  'lsb_release',
  'man_filter',
  'man_groff',
  'nvidia_modprobe',
  'tcpdump',
] as const

/** aa-status(8). */
export const aaStatus: Program = {
  names: ['aa-status', 'apparmor_status'],
  isInstalled: ({ machine, container }) =>
    container === undefined && machine.selinux === 'disabled' && machine.os.id === 'ubuntu',
  run: ({ machine, args }: Call): Reply => {
    const isActive = machine.units.get('apparmor.service')?.active === 'active'
    if (args.includes('--enabled')) return { exit: isActive ? 0 : 2 }
    if (!isActive) return { stdout: 'apparmor module is loaded.\n0 profiles are loaded.\n' }
    const chrony = unitOf(machine, 'chronyd')?.mainPid ?? 0
    return {
      stdout: asText([
        'apparmor module is loaded.',
        `${profiles.length} profiles are loaded.`,
        `${profiles.length} profiles are in enforce mode.`,
        ...profiles.map(profile => `   ${profile}`),
        '0 profiles are in complain mode.',
        '0 profiles are in kill mode.',
        '0 profiles are in unconfined mode.',
        `${chrony === 0 ? 0 : 1} processes have profiles defined.`,
        `${chrony === 0 ? 0 : 1} processes are in enforce mode.`,
        ...(chrony === 0 ? [] : [`   /usr/sbin/chronyd (${chrony}) `]),
        '0 processes are in complain mode.',
        '0 processes are unconfined but have a profile defined.',
        '0 processes are in mixed mode.',
        '0 processes are in kill mode.',
      ]),
    }
  },
}
