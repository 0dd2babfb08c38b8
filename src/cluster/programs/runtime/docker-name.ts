import type { Container, ContainerRuntime } from '../../world/container.ts'

/** The name that the kubelet gives a container under Docker. */
export const containerName = (runtime: ContainerRuntime, c: Container): string => {
  const uid = runtime.sandboxes.find(s => s.id === c.sandboxId)?.kubeUid ?? ''
  return `k8s_${c.name}_${c.podName}_${c.namespace}_${uid}_${c.attempt}`
}
