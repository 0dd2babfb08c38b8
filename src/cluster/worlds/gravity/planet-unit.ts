import { serviceFile, type UnitSetup } from '../node/unit-setup.ts'

/** Where Planet keeps certificates and keys. */
export const PLANET_STATE = '/var/state'

/** A unit of Planet as a row: what it runs and what it comes after. */
type Row = {
  readonly name: string
  readonly description: string
  readonly exec: readonly string[]
  readonly service: string
  readonly memoryMiB: number
  readonly type?: string
  readonly after?: string
  readonly docs?: string
  /** What its section of the service says beside its start; the restarts of most of them unless said. */
  readonly settings?: readonly string[]
}

const restarts = ['Restart=always', 'RestartSec=5', 'StartLimitInterval=0']

/** One of Planet's units. */
export const planetUnit = ({ settings = restarts, ...row }: Row): UnitSetup => {
  const { name, description, exec, service, memoryMiB, type, after, docs } = row
  return {
    name: `${name}.service`,
    path: `/lib/systemd/system/${name}.service`,
    text: serviceFile({
      description,
      exec: exec.join(' '),
      ...(type === undefined ? {} : { type }),
      unit: after === undefined ? [] : [`After=${after}`],
      ...(docs === undefined ? {} : { docs }),
      service: settings,
    }),
    service,
    memoryMiB,
    tasks: 12,
  }
}
