import type { Container, Sandbox } from '../../world/container.ts'

/** A sandbox as a runtime names it in its log. */
export const sandboxMetadata = ({
  name,
  kubeUid,
  namespace,
  attempt,
}: Pick<Sandbox, 'name' | 'kubeUid' | 'namespace' | 'attempt'>): string =>
  `&PodSandboxMetadata{Name:${name},Uid:${kubeUid},Namespace:${namespace},Attempt:${attempt},}`

/** A container as a runtime names it in its log. */
export const containerMetadata = ({ name, attempt }: Pick<Container, 'name' | 'attempt'>): string =>
  `&ContainerMetadata{Name:${name},Attempt:${attempt},}`
