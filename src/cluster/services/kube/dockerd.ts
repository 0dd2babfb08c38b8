import { readText } from '../../files/file-tree.ts'
import { shownMs } from '../../relations/clock.ts'
import { filesystemOf, filesystemUse } from '../../relations/filesystem-use.ts'
import type { Running, Service } from '../service.ts'
import { isStarting } from '../starting.ts'
import { exits } from './telling.ts'

const STORE = '/var/lib/docker'
const CONFIG = '/etc/docker/daemon.json'

const told = ({ machine }: Running, atMs: number, rest: string) => ({
  text: `time="${new Date(shownMs(machine, atMs)).toISOString().slice(0, -1)}104417Z" level=info msg="${rest}"`,
})

const configProblem = (text: string): string | undefined => {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    return `unable to configure the Docker daemon with file ${CONFIG}: invalid character in JSON text`
  }
}

/** dockerd beside the cluster's runtime: its configuration must parse and its disk must take writes. */
export const dockerd: Service = {
  ailment: (world, self) => {
    const { machine } = self
    if (!isStarting(world, self)) return undefined
    const config = readText(machine.files, CONFIG)
    const store = filesystemOf(machine, STORE)
    const isFull = store !== undefined && filesystemUse(machine, store).usedBytes >= store.sizeBytes
    const reason = store?.isReadOnly === true ? 'read-only file system' : 'no space left on device'
    const problem =
      (config === undefined ? undefined : configProblem(config)) ??
      (isFull || store?.isReadOnly === true
        ? `failed to start daemon: mkdir ${STORE}/tmp: ${reason}`
        : undefined)
    return problem === undefined ? undefined : { exit: exits(1), afterMs: 600, lines: [{ text: problem }] }
  },
  greeting: (world, self) => {
    const atMs = self.unit?.startedMs ?? world.nowMs
    const says = ['Starting up', 'Loading containers: start.', 'Loading containers: done.']
    const more = ['Docker daemon', 'Daemon has completed initialization', 'API listen on /run/docker.sock']
    return [...says, ...more].map(rest => told(self, atMs, rest))
  },
  farewell: (world, self) => [told(self, world.nowMs, "Processing signal 'terminated'")],
}
