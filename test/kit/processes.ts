import { readdirSync, readFileSync } from 'node:fs'

const read = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

const otherProcesses = (): readonly string[] =>
  readdirSync('/proc').filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)

/** The processes whose environment holds a text such as `NAME=value`, each as its id and command line. One that has ended but was not waited for counts as gone. */
export const processesWith = (variable: string): readonly string[] =>
  otherProcesses()
    .filter(pid => read(pid, 'environ').includes(variable))
    .map(pid => `${pid} ${read(pid, 'cmdline')}`)

/** Ids of the processes whose command line holds a text. */
export const processesNamed = (text: string): readonly number[] =>
  otherProcesses()
    .filter(pid => read(pid, 'cmdline').includes(text))
    .map(Number)

/** The largest resident size that a process had so far, in bytes; `undefined` once it is gone. */
export const peakMemory = (pid: number): number | undefined => {
  const match = /VmHWM:\s+(\d+) kB/.exec(read(`${pid}`, 'status'))
  return match === null ? undefined : Number(match[1]) * 1024
}
