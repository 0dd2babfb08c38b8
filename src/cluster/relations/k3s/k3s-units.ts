import { yamlValue } from '../../kube/read-yaml.ts'
import { splitWords } from '../../systemd/parse-unit-file.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import { settingsOf } from '../read-settings.ts'

/** The unit whose process is k3s, as a server or an agent. */
export const k3sUnitOf = (machine: Machine): Unit | undefined =>
  [...machine.units.values()].find(unit => unit.service === 'k3s' || unit.service === 'k3s-agent')

const writtenOptions = (machine: Machine, unit: Unit): Readonly<Record<string, KubeValue>> => {
  const value = yamlValue(settingsOf(machine, unit.name) ?? '{}')
  return typeof value === 'object' && value !== null ? value : {}
}

/** What k3s was told under a name, on its command line or in its file of settings when it started: `true` for a switch without a value. */
export const k3sOptions = (machine: Machine, unit: Unit, name: string): readonly string[] => {
  const words = splitWords(unit.execStart || unit.definition.execStart)
  const given = words.flatMap((word, at) => {
    const [flag = '', value] = word.split(/=(.*)/s)
    if (flag !== `--${name}`) return []
    const next = words[at + 1]
    return [value ?? (next === undefined || next.startsWith('-') ? 'true' : next)]
  })
  const written = writtenOptions(machine, unit)[name]
  const more = written === undefined || written === null ? [] : [written].flat().map(String)
  return [...given, ...more]
}

/** What k3s was told to hand on to a component within, by flags without dashes. */
export const k3sArguments = (
  machine: Machine,
  unit: Unit,
  component: string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    k3sOptions(machine, unit, `${component}-arg`).map((text): [string, string] => {
      const [name = '', value = 'true'] = text.split(/=(.*)/s)
      return [name, value]
    }),
  )

/** What an agent was told of its server when it was started: the address and the token. */
export const joinSettingsOf = (
  machine: Machine,
  unit: Unit,
): { readonly url: string | undefined; readonly token: string | undefined } => ({
  url: k3sOptions(machine, unit, 'server')[0] ?? unit.environment.K3S_URL,
  token: k3sOptions(machine, unit, 'token')[0] ?? unit.environment.K3S_TOKEN,
})

/** Host and port of an address such as `https://10.0.4.11:6443`. */
export const readServerUrl = (url: string): { readonly host: string; readonly port: number } => {
  const read = /^https?:\/\/([^:/]+)(?::(\d+))?/.exec(url)
  return { host: read?.[1] ?? '', port: Number(read?.[2] ?? 6443) }
}
