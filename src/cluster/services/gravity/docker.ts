import { shownMs } from '../../relations/clock.ts'
import { filesystemOf, filesystemUse } from '../../relations/filesystem-use.ts'
import { exits } from '../kube/telling.ts'
import type { Running, Service } from '../service.ts'
import { isStarting } from '../starting.ts'

const STORE = '/ext/docker'

const line = (
  { machine }: Running,
  at: { readonly atMs: number; readonly level: string },
  rest: string,
): string =>
  `time="${new Date(shownMs(machine, at.atMs)).toISOString().slice(0, -1)}218307Z" level=${at.level} ${rest}`

/** Docker inside Planet: its store's disk must take writes. */
export const docker: Service = {
  ailment: (world, self) => {
    const { machine } = self
    if (!isStarting(world, self)) return undefined
    const store = filesystemOf(machine, STORE)
    const isFull = store !== undefined && filesystemUse(machine, store).usedBytes >= store.sizeBytes
    const reason =
      store?.isReadOnly === true ? 'read-only file system' : isFull ? 'no space left on device' : undefined
    return reason === undefined
      ? undefined
      : {
          exit: exits(1),
          afterMs: 900,
          lines: [{ text: `failed to start daemon: mkdir ${STORE}/tmp: ${reason}` }],
        }
  },
  greeting: (world, self) => {
    const atMs = self.unit?.startedMs ?? world.nowMs
    const info = (rest: string) => ({ text: line(self, { atMs, level: 'info' }, rest) })
    return [
      info('msg="libcontainerd: started new containerd process" pid=97'),
      info('msg="Graph migration to content-addressability took 0.00 seconds"'),
      info('msg="Loading containers: start."'),
      info('msg="Loading containers: done."'),
      info(`msg="Docker daemon" commit=e8ff056 graphdriver(s)=overlay2 version=18.09.5`),
      info('msg="Daemon has completed initialization"'),
      info('msg="API listen on /var/run/docker.sock"'),
    ]
  },
  farewell: (world, self) => [
    { text: line(self, { atMs: world.nowMs, level: 'info' }, 'msg="Processing signal \'terminated\'"') },
  ],
}
