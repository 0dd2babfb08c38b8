import { nodeAt } from '../files/file-tree.ts'
import { isBelow } from '../files/paths.ts'
import { writeJournal, writeKernel } from '../journal/write-journal.ts'
import { busyDisksOf } from '../relations/disk-load.ts'
import { filesystemUses } from '../relations/filesystem-use.ts'
import { filesNamedIn } from '../relations/open-files.ts'
import { hangsOn } from '../relations/remote-mounts.ts'
import { isStopped } from '../relations/stopped.ts'
import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

const EVERY_MS = 60_000

/** Whether something that is repeated each minute falls due within the last step. */
const isDue = (world: World, passedMs: number): boolean =>
  Math.floor(world.nowMs / EVERY_MS) > Math.floor((world.nowMs - passedMs) / EVERY_MS)

const deviceName = ({ device }: Filesystem): string => device.replace('/dev/', '')

const wasTold = (machine: Machine, message: string): boolean =>
  machine.journal.findLast(entry => entry.message === message && entry.atMs >= machine.bootedMs) !== undefined

const firstErrors = (world: World, machine: Machine, filesystem: Filesystem): void => {
  const disk = deviceName(filesystem)
  const aborted = `EXT4-fs (${disk}): Remounting filesystem read-only`
  if (wasTold(machine, aborted)) return
  const say = (message: string): void => writeKernel(machine, { atMs: world.nowMs, message, priority: 3 })
  say(
    `blk_update_request: I/O error, dev ${disk.replace(/\d+$/, '')}, sector 20973568 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 0`,
  )
  say(`Buffer I/O error on dev ${disk}, logical block 2621440, lost async page write`)
  say(`Aborting journal on device ${disk}-8.`)
  say(
    `EXT4-fs error (device ${disk}): ext4_journal_check_start:83: comm systemd-journal: Detected aborted journal`,
  )
  say(aborted)
}

/** A device that gives errors tells it to the kernel's log; ext4 then takes no more writes. */
const settleDevice = (world: World, machine: Machine, filesystem: Filesystem): void => {
  if (filesystem.error === undefined || !filesystem.device.startsWith('/dev/')) return
  firstErrors(world, machine, filesystem)
  if (filesystem.type === 'ext4') filesystem.isReadOnly = true
}

const complainFull = (world: World, machine: Machine, filesystem: Filesystem): void => {
  const rsyslog = machine.units.get('rsyslog.service')
  const holdsLogs =
    filesystem.mount === '/var' ||
    filesystem.mount === '/var/log' ||
    (filesystem.mount === '/' && !machine.filesystems.some(({ mount }) => mount === '/var'))
  if (!holdsLogs) return
  if (rsyslog?.active === 'active')
    writeJournal(machine, {
      atMs: world.nowMs,
      unit: rsyslog.name,
      identifier: 'rsyslogd',
      pid: rsyslog.mainPid,
      priority: 3,
      message: `file '/var/log/syslog'[7] write error - see https://www.rsyslog.com/solving-rsyslog-write-errors/ for help OS error: No space left on device [v8.2112.0 try https://www.rsyslog.com/e/2027 ]`,
    })
  const journald = machine.units.get('systemd-journald.service')
  writeJournal(machine, {
    atMs: world.nowMs,
    unit: 'systemd-journald.service',
    identifier: 'systemd-journald',
    pid: journald?.mainPid,
    priority: 4,
    message: 'Failed to open system journal: No space left on device',
  })
}

const complainSlow = (world: World, machine: Machine): void => {
  const slow = busyDisksOf(machine).find(({ utilPercent, awaitMs }) => utilPercent >= 95 && awaitMs >= 2_000)
  if (slow === undefined) return
  const part = machine.devices.find(({ parent }) => parent === slow.name)?.name ?? slow.name
  writeKernel(machine, {
    atMs: world.nowMs,
    priority: 3,
    message: `INFO: task jbd2/${part}-8:412 blocked for more than 120 seconds.`,
  })
  writeKernel(machine, {
    atMs: world.nowMs,
    priority: 3,
    message: `      Not tainted ${machine.os.kernel} ${machine.os.kernelVersion.split(' ')[0]}`,
  })
  writeKernel(machine, {
    atMs: world.nowMs,
    priority: 3,
    message: '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.',
  })
}

const complainRemote = (world: World, machine: Machine, filesystem: Filesystem): void => {
  if (filesystem.type.startsWith('nfs') && hangsOn(world, machine, filesystem))
    writeKernel(machine, {
      atMs: world.nowMs,
      priority: 5,
      message: `nfs: server ${filesystem.device.split(':')[0]} not responding, still trying`,
    })
}

/** What a process writes without pause is as young as now. */
const dateWritten = ({ nowMs }: World, machine: Machine): void => {
  for (const { pid, command, disk } of machine.processes)
    if (disk !== undefined && !isStopped(machine, pid))
      for (const path of filesNamedIn(command)) {
        const node = isBelow(path, disk.folder) ? nodeAt(machine.files, path) : undefined
        if (node !== undefined) node.mtimeMs = nowMs
      }
}

/** Disks that fail, fill up, hang or lose their server say so where an engineer would look; a failing one becomes read-only. */
export const disksLaw: Law = (world, passedMs) => {
  const isMinute = isDue(world, passedMs)
  for (const machine of world.machines.values()) {
    if (!machine.isPowered) continue
    for (const filesystem of machine.filesystems) settleDevice(world, machine, filesystem)
    dateWritten(world, machine)
    if (!isMinute) continue
    complainSlow(world, machine)
    for (const [filesystem, { usedBytes }] of filesystemUses(machine)) {
      complainRemote(world, machine, filesystem)
      if (usedBytes >= filesystem.sizeBytes - filesystem.reservedBytes && filesystem.sizeBytes > 0)
        complainFull(world, machine, filesystem)
    }
  }
}
