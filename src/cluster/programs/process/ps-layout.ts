import { pidWidth } from '../../relations/threads.ts'
import type { Machine } from '../../world/machine.ts'

/** A cell of ps's table, with the width that its column keeps whatever stands in it. */
export type PsCell = { readonly text: string; readonly width: number; readonly isRight: boolean }

/** One line of ps's table: a cell that is too long takes from the blanks that follow, so that later columns stand where they should again. */
export const psLine = (cells: readonly PsCell[]): string => {
  let line = ''
  let due = 0
  for (const [at, { text, width, isRight }] of cells.entries()) {
    const pad = isRight ? Math.max(0, width - text.length) : 0
    line += ' '.repeat(Math.max(at === 0 ? 0 : 1, due - line.length + pad)) + text
    due += width + 1
  }
  return line.trimEnd()
}

/** The widths of columns that are wider than their headers. */
const leastWidths: Readonly<Record<string, number>> = {
  user: 8,
  vsz: 6,
  rss: 5,
  tty: 8,
  stat: 4,
  start: 5,
  bsdtime: 6,
  cputime: 8,
  uidname: 8,
  c: 2,
  stime: 5,
  '%cpu': 4,
  '%mem': 4,
  comm: 15,
  etime: 11,
  nlwp: 4,
  lstart: 24,
  etimes: 7,
  ni: 3,
  pri: 3,
  uid: 5,
  cgroup: 27,
  unit: 31,
  wchan: 6,
  args: 27,
  cmd: 27,
  commname: 15,
}

/** Columns of numbers of processes, which the kernel's largest one sets. */
const ofPids = new Set(['pid', 'ppid', 'lwp', 'spid'])

/** The width that a column has at least; `undefined` where its header sets it. */
export const leastWidth = (machine: Machine, name: string): number | undefined =>
  ofPids.has(name) ? pidWidth(machine) : leastWidths[name]
