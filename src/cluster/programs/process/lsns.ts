import { type Process, processesOf } from '../../relations/processes.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { Machine } from '../../world/machine.ts'

/** The kinds of namespaces; a pod that shares its node's network shares its name too. */
const types = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'uts'] as const
const sharedWithNode: ReadonlySet<string> = new Set(['net', 'uts'])

const FIRST_NAMESPACE = 4_026_531_835
const FIRST_OF_PODS = 4_026_532_535

type Pod = { readonly pause: Process; readonly members: number; readonly isHostNetwork: boolean }

const podsOf = (host: Machine, processes: readonly Process[]): readonly Pod[] =>
  processes
    .filter(({ kind }) => kind === 'pause')
    .map(pause => {
      const sandboxes = [host, host.planet].flatMap(carrier => carrier?.runtime?.sandboxes ?? [])
      return {
        pause,
        members: processes.filter(({ sandboxId, kind }) => sandboxId === pause.sandboxId && kind !== 'shim')
          .length,
        isHostNetwork: sandboxes.find(sandbox => sandbox.id === pause.sandboxId)?.isHostNetwork === true,
      }
    })

type Namespace = {
  readonly id: number
  readonly type: string
  readonly count: number
  readonly process: Process
}

const rowOf = ({ id, type, count, process }: Namespace): string =>
  `${id} ${type.padEnd(6)} ${String(count).padStart(6)} ${String(process.pid).padStart(5)} ${process.user.padEnd(6)} ${process.command}`

/** lsns(8): the namespaces of a machine's processes: its own, and those of the pods on it. */
export const lsns: Program = {
  names: ['lsns'],
  isInstalled: onMachines,
  run: ({ world, host, args }): Reply => {
    const processes = processesOf(world, host)
    const [init] = processes
    const wanted = /(?:-t|--type)[ =]?(\w+)/.exec(args.join(' '))?.[1]
    const pods = podsOf(host, processes)
    const rows = types
      .filter(type => wanted === undefined || type === wanted)
      .flatMap(type => {
        const kind = types.indexOf(type)
        const apart = pods.filter(({ isHostNetwork }) => !isHostNetwork || !sharedWithNode.has(type))
        const count = processes.length - apart.reduce((all, { members }) => all + members, 0)
        const own = init === undefined ? [] : [{ id: FIRST_NAMESPACE + kind, type, count, process: init }]
        const ofPods = apart.map(({ pause, members }) => ({
          id: FIRST_OF_PODS + pods.findIndex(pod => pod.pause === pause) * 7 + kind,
          type,
          count: members,
          process: pause,
        }))
        return [...own, ...ofPods].map(rowOf)
      })
    return { stdout: asText(['        NS TYPE   NPROCS   PID USER   COMMAND', ...rows]) }
  },
}
