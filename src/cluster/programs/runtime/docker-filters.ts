import type { Container, ContainerRuntime } from '../../world/container.ts'
import { containerName } from './docker-name.ts'

/** The labels that the kubelet gives a container. */
export const labelsOf = (runtime: ContainerRuntime, c: Container): Readonly<Record<string, string>> => ({
  'io.kubernetes.container.name': c.name,
  'io.kubernetes.docker.type': c.name === 'POD' ? 'podsandbox' : 'container',
  'io.kubernetes.pod.name': c.podName,
  'io.kubernetes.pod.namespace': c.namespace,
  'io.kubernetes.pod.uid': runtime.sandboxes.find(({ id }) => id === c.sandboxId)?.kubeUid ?? '',
})

type Choice = (runtime: ContainerRuntime, c: Container, value: string) => boolean

const choices: Readonly<Record<string, Choice>> = {
  id: (_runtime, c, value) => c.id.startsWith(value),
  name: (runtime, c, value) => `/${containerName(runtime, c)}`.includes(value.replace(/^\^|\$$/g, '')),
  status: (_runtime, c, value) => c.state === value,
  ancestor: (_runtime, c, value) =>
    c.image === value || c.image.replace(/:[^:/]*$/, '') === value || c.imageId.includes(value),
  label: (runtime, c, value) => {
    const [key = '', wanted] = value.split('=')
    const label = labelsOf(runtime, c)[key]
    return label !== undefined && (wanted === undefined || label === wanted)
  },
}

/** The kinds of filters that `docker ps` knows here. */
export const containerFilters: readonly string[] = Object.keys(choices)

/** Whether a container passes filters: those of one kind widen each other, those of several kinds narrow. */
export const passesFilters = (runtime: ContainerRuntime, c: Container, filters: readonly string[]): boolean =>
  Object.entries(choices).every(([kind, fits]) => {
    const values = filters
      .filter(filter => filter.startsWith(`${kind}=`))
      .map(filter => filter.slice(kind.length + 1))
    return values.length === 0 || values.some(value => fits(runtime, c, value))
  })
