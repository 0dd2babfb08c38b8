import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { indentedTable } from './describe-parts.ts'

const UNSET = '<unset>'

const portsText = (ports: readonly KubeValue[]): string =>
  ports.length === 0
    ? 'Ports: <unset>\n'
    : `Ports:\n${indentedTable(
        ['Name', 'Port', 'Protocol'],
        ports.map(({ name, port, protocol }) => [name || UNSET, String(port), protocol]),
      )}`

const endpointText = ({ addresses, conditions, targetRef, nodeName }: KubeValue): string =>
  [
    `  - Addresses:  ${addresses.join(',')}`,
    '    Conditions:',
    `      Ready:    ${conditions?.ready ?? UNSET}`,
    `    Hostname:   ${UNSET}`,
    ...(targetRef === undefined ? [] : [`    TargetRef:  ${targetRef.kind}/${targetRef.name}`]),
    `    NodeName:   ${nodeName ?? UNSET}`,
    `    Zone:       ${UNSET}`,
    '',
  ].join('\n')

/** What `describe` says of a slice of endpoints below its head. */
export const describeSlice = ({ addressType, ports, endpoints }: KubeObject): string => {
  const all: readonly KubeValue[] = endpoints ?? []
  const listed = all.length === 0 ? 'Endpoints: <none>\n' : `Endpoints:\n${all.map(endpointText).join('')}`
  return `AddressType:  ${addressType}\n${portsText(ports ?? [])}${listed}`
}
