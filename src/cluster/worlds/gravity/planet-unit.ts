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
}

/** One of Planet's units, with the restarts that all of them have. */
export const planetUnit = ({ name, description, exec, service, memoryMiB, type, after }: Row): UnitSetup => ({
  name: `${name}.service`,
  path: `/lib/systemd/system/${name}.service`,
  text: serviceFile({
    description,
    exec: exec.join(' '),
    ...(type === undefined ? {} : { type }),
    unit: after === undefined ? [] : [`After=${after}`],
    service: ['Restart=always', 'RestartSec=5', 'StartLimitInterval=0'],
  }),
  service,
  memoryMiB,
  tasks: 12,
})
