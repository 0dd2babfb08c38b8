import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { GravityArguments } from './gravity-arguments.ts'
import { unknownCommand } from './gravity-help.ts'
import { failed } from './new-operation.ts'

const UNIT = /^gravity__(.+?)__(.+?)__(.+)\.service$/

/** The units of a host that run packages of Gravity, by the package. */
const packagesOf = ({ host }: Call): ReadonlyMap<string, string> =>
  new Map(
    [...host.units.keys()].sort().flatMap(unit => {
      const [, repository, name, version] = UNIT.exec(unit) ?? []
      return repository === undefined ? [] : [[`${repository}/${name}:${version}`, unit] as const]
    }),
  )

const here = ({ host, machine, user }: Call) => ({ machine, host, container: undefined, user })

/** `gravity system service`: the units of the host that run Gravity's packages. */
export const systemServices = (call: Call, { words }: GravityArguments): Reply | Promise<Reply> => {
  const [, , verb = '', name = ''] = words
  const known = packagesOf(call)
  if (verb === 'list')
    return {
      stdout: [...known]
        .map(
          ([id, unit]) =>
            `* ${id} ${isUnitRunning(call.host, unit) ? 'running' : (call.host.units.get(unit)?.active ?? '')}\n`,
        )
        .join(''),
    }
  if (verb !== 'status' && verb !== 'journal') return unknownCommand(['system', 'service', verb])
  if (name === '')
    return { stderr: "gravity: error: required argument 'package' not provided, try --help\n", exit: 255 }
  const unit = known.get(name) ?? [...known.values()].find(one => one === name || one === `${name}.service`)
  if (unit === undefined) return failed(`service ${name} is not found`)
  const line = verb === 'status' ? `systemctl status ${unit}` : `journalctl --unit ${unit} --no-pager`
  return call.passage.runAt(here(call), line, { stdin: '', cwd: '/' })
}
