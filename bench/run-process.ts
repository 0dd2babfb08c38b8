import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

/** How a process ran: wall time, what it printed, and its exit code. */
export type ProcessRun = { readonly ms: number; readonly stdout: string; readonly status: number | null }

/** Runs a program to its end and takes the time. */
export const runProcess = (argv: readonly string[]): ProcessRun => {
  const [program = '', ...args] = argv
  const start = performance.now()
  const { stdout, status } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  return { ms: performance.now() - start, stdout, status }
}

/** Tells whether a program is there. */
export const hasProgram = (name: string): boolean => spawnSync(name, ['--version']).status === 0

const report = join(tmpdir(), `runtree-bench-report-${process.pid}`)

/** What a process cost: wall time and, where GNU time is installed, processor time. */
export type ProcessCost = { readonly ms: number; readonly cpuMs: number | undefined }

/** Runs a program to its end and tells what it cost. */
export const runForCost = (argv: readonly string[]): ProcessCost => {
  const start = performance.now()
  const { error } = spawnSync('/usr/bin/time', ['-f', '%U %S', '-o', report, ...argv])
  const ms = performance.now() - start
  if (error !== undefined) return { ms: runProcess(argv).ms, cpuMs: undefined }
  const seconds = readFileSync(report, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  return { ms, cpuMs: 1_000 * seconds.reduce((sum, part) => sum + part, 0) }
}

/** The most memory that a program held while it ran, in megabytes (10⁶ bytes), as GNU time tells it; `undefined` without GNU time. */
export const peakMegabytes = (argv: readonly string[]): number | undefined => {
  const { error } = spawnSync('/usr/bin/time', ['-f', '%M', '-o', report, ...argv])
  if (error !== undefined) return undefined
  const kibibytes = Number(readFileSync(report, 'utf8').trim().split('\n').at(-1))
  return (kibibytes * 1024) / 1e6
}
