import { onMachines, type Program, type Reply } from '../../shell/program.ts'

/** The tools of LVM and of loop devices: the simulated machines have neither volumes of LVM nor files behind devices. */
export const volumeTools: Program = {
  names: [
    'pvs',
    'vgs',
    'lvs',
    'pvscan',
    'vgscan',
    'lvscan',
    'pvdisplay',
    'vgdisplay',
    'lvdisplay',
    'losetup',
  ],
  isInstalled: onMachines,
  run: ({ name, user, args }): Reply => {
    if (name === 'losetup') {
      const device = args.find(arg => arg.startsWith('/dev/'))
      return device === undefined
        ? {}
        : { stderr: `losetup: ${device}: failed to use device: No such device\n`, exit: 1 }
    }
    if (user !== 'root')
      return {
        stderr:
          '  WARNING: Running as a non-root user. Functionality may be unavailable.\n  /run/lock/lvm/P_global:aux: open failed: Permission denied\n',
        exit: 5,
      }
    if (name === 'pvscan') return { stdout: '  No matching physical volumes found\n' }
    const [asked] = args.filter(arg => !arg.startsWith('-'))
    if (asked === undefined) return {}
    return name.startsWith('pv')
      ? { stderr: `  Failed to find physical volume "${asked}".\n`, exit: 5 }
      : {
          stderr: `  Volume group "${asked}" not found\n  Cannot process volume group ${asked}\n`,
          exit: 5,
        }
  },
}
