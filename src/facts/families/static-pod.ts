import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { at, isObject, listAt, numberAt, textAt, textsAt } from './json-value.ts'

// `--etcd-servers=https://127.0.0.1:2379` and `--v 2` alike; a flag without a value is true.
const flagsOf = (words: readonly string[]): Readonly<Record<string, string>> => {
  const flags: Record<string, string> = {}
  for (const [index, word] of words.entries()) {
    const match = /^--([\w-]+)(?:=(.*))?$/s.exec(word)
    if (match === null) continue
    const next = words[index + 1]
    flags[match[1] ?? ''] = match[2] ?? (next === undefined || next.startsWith('-') ? 'true' : next)
  }
  return flags
}

const hostPathsOf = (pod: unknown): readonly string[] =>
  listAt(pod, 'spec', 'volumes').flatMap(volume => textAt(volume, 'hostPath', 'path') ?? [])

const probesOf = (container: unknown): readonly FactValue[] =>
  ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(kind => {
    const probe = at(container, kind)
    if (!isObject(probe)) return []
    return record({
      kind,
      path: textAt(probe, 'httpGet', 'path'),
      port: textAt(probe, 'httpGet', 'port') ?? textAt(probe, 'tcpSocket', 'port'),
      host: textAt(probe, 'httpGet', 'host'),
      scheme: textAt(probe, 'httpGet', 'scheme'),
      failureThreshold: numberAt(probe, 'failureThreshold'),
    })
  })

/** A Pod as its manifest asks for it: image, program, flags and host paths of its first container. */
export const readStaticPod = (pod: unknown): FactValue => {
  const container = listAt(pod, 'spec', 'containers')[0]
  const words = [...textsAt(container, 'command'), ...textsAt(container, 'args')]
  return record({
    namespace: textAt(pod, 'metadata', 'namespace'),
    name: textAt(pod, 'metadata', 'name'),
    image: textAt(container, 'image'),
    program: words[0],
    flags: flagsOf(words),
    hostPaths: hostPathsOf(pod),
    probes: probesOf(container),
    hostNetwork: at(pod, 'spec', 'hostNetwork') === true,
  })
}
