import { namesIn, readText } from '../../files/file-tree.ts'
import { hashOf, mirrorAnnotations } from '../../kube/pod.ts'
import { readYaml } from '../../kube/read-yaml.ts'
import { isoOf } from '../../kube/times.ts'
import { readKubeletSettings } from '../../relations/kubelet-settings.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import { type Kubelet, kubeletSays } from '../kubelet.ts'

/** A file of the static pod folder: the pod that it gives, or why it gives none. */
export type Manifest =
  | { readonly path: string; readonly pod: KubeValue; readonly text: string }
  | { readonly path: string; readonly problem: string }

const goYamlProblem = (error: unknown): string => {
  const text = error instanceof Error ? error.message : ''
  const line = /at line (\d+)/.exec(text)?.[1] ?? '1'
  const reason = /tab/i.test(text)
    ? 'found character that cannot start any token'
    : /mapping|compact/i.test(text)
      ? 'mapping values are not allowed in this context'
      : /indent/i.test(text)
        ? 'did not find expected key'
        : "could not find expected ':'"
  return `yaml: line ${line}: ${reason}`
}

const readManifest = (path: string, text: string): Manifest => {
  const failed = (reason: string): Manifest => ({
    path,
    problem: `${path}: couldn't parse as pod(${reason}), please check config file`,
  })
  const read = readYaml(text)
  if ('error' in read) return failed(goYamlProblem(read.error))
  const pod = read.value
  if (pod?.kind === undefined) return failed("Object 'Kind' is missing in 'null'")
  if (pod.kind !== 'Pod') return failed(`invalid pod: ${JSON.stringify(pod.kind)}`)
  if (!Array.isArray(pod.spec?.containers) || pod.metadata?.name === undefined)
    return failed('invalid pod: spec.containers: Required value')
  return { path, pod, text }
}

/** The manifests in the static pod folder of a machine; files that begin with a dot are passed over. */
export const manifestsOf = (machine: Machine): readonly Manifest[] => {
  const folder = readKubeletSettings(machine)?.staticPodPath
  if (folder === undefined) return []
  return namesIn(machine.files, folder)
    .filter(name => !name.startsWith('.'))
    .flatMap(name => {
      const text = readText(machine.files, `${folder}/${name}`)
      return text === undefined ? [] : [readManifest(`${folder}/${name}`, text)]
    })
}

const FIRST_SEEN = 'manifest/'

const hashIn = (nodeName: string, manifest: Manifest): string =>
  'text' in manifest ? hashOf(`${nodeName}\n${manifest.text}`) : ''

/** A file that comes back as it was is seen for the first time again. */
const forgetGone = (timers: Record<string, number>, present: ReadonlySet<string>): void => {
  for (const key of Object.keys(timers))
    if (key.startsWith(FIRST_SEEN) && !present.has(key.slice(FIRST_SEEN.length))) delete timers[key]
}

/** The static pods of a kubelet as objects, bound to its node. Files that give none are complained about every 20 s. */
export const staticPods = (kubelet: Kubelet): readonly KubeObject[] => {
  const { world, machine, nodeName } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const manifests = manifestsOf(machine)
  forgetGone(timers, new Set(manifests.map(manifest => hashIn(nodeName, manifest))))
  return manifests.flatMap(manifest => {
    if ('problem' in manifest) {
      const key = `bad-manifest/${manifest.path}`
      if (world.nowMs - (timers[key] ?? -Infinity) >= 20_000) {
        timers[key] = world.nowMs
        kubeletSays(kubelet, 'E', {
          source: 'file.go:187',
          text: `"Could not process manifest file" err=${JSON.stringify(manifest.problem)} path="${manifest.path}"`,
        })
      }
      return []
    }
    const hash = hashIn(nodeName, manifest)
    timers[`${FIRST_SEEN}${hash}`] ??= world.nowMs
    const { pod } = manifest
    const name = `${pod.metadata.name}-${nodeName}`
    const seen = `${isoOf(timers[`${FIRST_SEEN}${hash}`] ?? 0).slice(0, -1)}.418276153Z`
    return [
      {
        ...pod,
        metadata: {
          ...pod.metadata,
          name,
          namespace: pod.metadata.namespace ?? 'default',
          uid: hash,
          resourceVersion: '0',
          creationTimestamp: isoOf(timers[`${FIRST_SEEN}${hash}`] ?? 0),
          annotations: { ...pod.metadata.annotations, ...mirrorAnnotations(hash, seen) },
        },
        spec: { ...pod.spec, nodeName, restartPolicy: 'Always' },
      } as KubeObject,
    ]
  })
}
