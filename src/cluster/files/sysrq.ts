import { writeKernel } from '../journal/write-journal.ts'
import type { Machine } from '../world/machine.ts'
import type { Viewpoint } from './views.ts'

const BOOT_MS = 42_000

const goDown = (machine: Machine, startsMs: number | undefined): void => {
  machine.isPowered = false
  machine.startsMs = startsMs
}

/** What each key has the kernel do, and say before and after it. */
const keys: Readonly<
  Record<string, { readonly says: readonly string[]; readonly act?: (at: Viewpoint) => void }>
> = {
  s: { says: ['Emergency Sync', 'Emergency Sync complete'] },
  u: {
    says: ['Emergency Remount R/O', 'Emergency Remount complete'],
    act: ({ machine }) => {
      for (const filesystem of machine.filesystems)
        if (filesystem.device.startsWith('/dev/')) filesystem.isReadOnly = true
    },
  },
  b: { says: ['Resetting'], act: ({ world, machine }) => goDown(machine, world.nowMs + BOOT_MS) },
  o: { says: ['Power Off'], act: ({ machine }) => goDown(machine, undefined) },
  c: {
    says: ['Trigger a crash', 'Kernel panic - not syncing: sysrq triggered crash'],
    act: ({ world, machine }) => {
      const seconds = Number(machine.sysctls.get('kernel.panic') ?? 0)
      goDown(machine, seconds > 0 ? world.nowMs + seconds * 1000 + BOOT_MS : undefined)
    },
  },
}

const HELP =
  'HELP : loglevel(0-9) reboot(b) crash(c) terminate-all-tasks(e) memory-full-oom-kill(f) kill-all-tasks(i) sync(s) show-task-states(t) unmount(u) show-blocked-tasks(w)'

/** What a key of the kernel's own keyboard does that is written to /proc/sysrq-trigger: only the first counts. */
export const pressSysrq = (at: Viewpoint, text: string): undefined => {
  const key = keys[text[0] ?? '']
  const [first = HELP, ...rest] = key?.says ?? []
  for (const message of [`sysrq: ${first}`, ...rest])
    writeKernel(at.machine, { atMs: at.world.nowMs, message, priority: 6 })
  key?.act?.(at)
  return undefined
}
