import type { Machine } from '../world/machine.ts'

/** Bytes as pages of memory. */
export const pages = (bytes: number): number => Math.round(bytes / 4096)

/** When after the boot the kernel says what. */
export type BootLine = readonly [seconds: number, message: string]

/** What the kernel was started with. */
export const commandLineOf = ({ os }: Machine): string =>
  os.id === 'centos'
    ? `BOOT_IMAGE=/vmlinuz-${os.kernel} root=/dev/sda2 ro no_timer_check console=tty0 console=ttyS0,115200n8 net.ifnames=0 biosdevname=0 elevator=noop crashkernel=auto LANG=en_US.UTF-8`
    : `BOOT_IMAGE=/vmlinuz-${os.kernel} root=/dev/sda2 ro quiet splash`

/** The disks that a machine's filesystems lie on. */
export const disksOf = ({ filesystems }: Machine): readonly string[] => [
  ...new Set(filesystems.flatMap(({ device }) => /^\/dev\/(sd[a-z])\d/.exec(device)?.[1] ?? [])),
]
