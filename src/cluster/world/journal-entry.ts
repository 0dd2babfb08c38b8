/** One entry of a machine's journal. Times are true simulated time; a program shows them by its machine's clock. */
export type JournalEntry = {
  atMs: number
  /** The unit that it belongs to, such as `kubelet.service`; `undefined` for the kernel and for what belongs to no unit. */
  unit: string | undefined
  /** What stands in front of the pid: `kubelet`, `systemd`, `kernel`. */
  identifier: string
  pid: number | undefined
  /** Syslog priority, 0 emergency to 7 debug. */
  priority: number
  message: string
  /** How far the clock was ahead when it was written, if it was. */
  offsetMs?: number
  /** What the machine called itself when it was written, if not by its own name. */
  hostname?: string
}

/** A line that a service or a container wrote to its log. */
export type LogLine = { atMs: number; shownMs?: number; stream: 'stdout' | 'stderr'; text: string }
