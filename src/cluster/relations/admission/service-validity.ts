import type { KubeValue } from '../../world/kube-object.ts'

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']

const isPort = (port: KubeValue): boolean => Number.isInteger(port) && port > 0 && port < 65_536

const portProblems = (port: KubeValue, at: string): readonly string[] => [
  ...(isPort(port.port)
    ? []
    : [`${at}.port: Invalid value: ${port.port}: must be between 1 and 65535, inclusive`]),
  ...(typeof port.targetPort !== 'number' || isPort(port.targetPort)
    ? []
    : [`${at}.targetPort: Invalid value: ${port.targetPort}: must be between 1 and 65535, inclusive`]),
  ...(port.nodePort === undefined || (port.nodePort >= 30_000 && port.nodePort <= 32_767)
    ? []
    : [
        `${at}.nodePort: Invalid value: ${port.nodePort}: provided port is not in the valid range. The range of valid ports is 30000-32767`,
      ]),
]

/** What is wrong in a service, by field. */
export const serviceProblems = ({ spec }: KubeValue): readonly string[] => {
  const ports: readonly KubeValue[] = spec?.ports ?? []
  const type = spec?.type ?? 'ClusterIP'
  const isBare = ports.length === 0 && type !== 'ExternalName' && spec?.clusterIP !== 'None'
  return [
    ...(isBare ? ['spec.ports: Required value'] : []),
    ...ports.flatMap((port, index) => portProblems(port, `spec.ports[${index}]`)),
    ...(ports.length > 1
      ? ports.flatMap(({ name }, index) => (name ? [] : [`spec.ports[${index}].name: Required value`]))
      : []),
    ...(types.includes(type)
      ? []
      : [
          `spec.type: Unsupported value: "${type}": supported values: ${types.map(name => `"${name}"`).join(', ')}`,
        ]),
  ]
}
