import { msOf, rfc1123Of } from '../../kube/times.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { mapRows, type Row, rowsText } from './describe-parts.ts'
import { volumesText } from './describe-volumes.ts'

const NONE = '<none>'

const stateRows = (label: string, state: KubeValue): readonly Row[] => {
  if (state?.running)
    return [
      [label, 'Running'],
      ['  Started', rfc1123Of(msOf(state.running.startedAt))],
    ]
  if (state?.waiting)
    return [
      [label, 'Waiting'],
      ['  Reason', state.waiting.reason],
    ]
  if (!state?.terminated) return []
  const { reason, exitCode, startedAt, finishedAt, message } = state.terminated
  return [
    [label, 'Terminated'],
    ['  Reason', reason],
    ...(message ? [['  Message', message] as const] : []),
    ['  Exit Code', String(exitCode)],
    ['  Started', rfc1123Of(msOf(startedAt))],
    ['  Finished', rfc1123Of(msOf(finishedAt))],
  ]
}

const amountRows = (label: string, amounts: Readonly<Record<string, string>> | undefined): string =>
  amounts === undefined ? '' : `    ${label}:\n${rowsText(Object.entries(amounts).sort(), '      ')}`

const probeText = (probe: KubeValue): string => {
  const {
    httpGet,
    exec,
    tcpSocket,
    grpc,
    initialDelaySeconds = 0,
    timeoutSeconds = 1,
    periodSeconds = 10,
    successThreshold = 1,
    failureThreshold = 3,
  } = probe
  const what = httpGet
    ? `http-get ${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${httpGet.host ?? ''}:${httpGet.port}${httpGet.path ?? ''}`
    : exec
      ? `exec [${(exec.command ?? []).join(' ')}]`
      : grpc
        ? `grpc <pod>:${grpc.port} ${grpc.service ?? ''}`
        : `tcp-socket :${tcpSocket?.port}`
  return `${what} delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`
}

const envText = ({ name, value, valueFrom }: KubeValue): string => {
  const map = valueFrom?.configMapKeyRef
  const secret = valueFrom?.secretKeyRef
  const resource = valueFrom?.resourceFieldRef
  if (map)
    return `      ${name}:\t<set to the key '${map.key}' of config map '${map.name}'>\tOptional: ${map.optional ?? false}\n`
  if (secret)
    return `      ${name}:\t<set to the key '${secret.key}' in secret '${secret.name}'>\tOptional: ${secret.optional ?? false}\n`
  if (valueFrom?.fieldRef)
    return `      ${name}:\t (${valueFrom.fieldRef.apiVersion ?? 'v1'}:${valueFrom.fieldRef.fieldPath})\n`
  if (resource) return `      ${name}:\t (${resource.resource})\n`
  return `      ${name}:\t${String(value ?? '').replaceAll('\n', '\n        ')}\n`
}

const listed = (label: string, words: readonly string[] | undefined): string =>
  words === undefined || words.length === 0
    ? ''
    : `    ${label}:\n${words.map(word => `      ${word}\n`).join('')}`

const fromText = (envFrom: readonly KubeValue[] | undefined): string =>
  envFrom === undefined
    ? ''
    : `    Environment Variables from:\n${envFrom
        .map(({ configMapRef, secretRef, prefix }) => {
          const { name, optional = false } = configMapRef ?? secretRef ?? {}
          const what = `${configMapRef ? 'ConfigMap' : 'Secret'}${prefix ? ` with prefix '${prefix}'` : ''}`
          return `      ${name}\t${what}\tOptional: ${optional}\n`
        })
        .join('')}`

const portRows = (spec: KubeValue): readonly Row[] => {
  const ports = (spec.ports ?? [])
    .map((p: KubeValue) => `${p.containerPort}/${p.protocol ?? 'TCP'}`)
    .join(', ')
  const hostPorts = (spec.ports ?? [])
    .map((p: KubeValue) => `${p.hostPort ?? 0}/${p.protocol ?? 'TCP'}`)
    .join(', ')
  return [
    [ports.includes(',') ? 'Ports' : 'Port', ports || NONE],
    [ports.includes(',') ? 'Host Ports' : 'Host Port', hostPorts || NONE],
  ]
}

const mountFlags = ({ readOnly, subPath }: KubeValue): string =>
  `${readOnly ? 'ro' : 'rw'}${subPath ? `,path="${subPath}"` : ''}`

/** How a container is to run: what its specification says behind its image and ports, and its state where it has one. */
const containerRest = (spec: KubeValue, state: readonly Row[]): string => {
  const probes: readonly Row[] = (['liveness', 'readiness', 'startup'] as const).flatMap(kind =>
    spec[`${kind}Probe`] === undefined
      ? []
      : [[`${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, probeText(spec[`${kind}Probe`])] as const],
  )
  const environment =
    spec.env === undefined || spec.env.length === 0
      ? '    Environment:\t<none>\n'
      : `    Environment:\n${spec.env.map(envText).join('')}`
  const mounts = [...(spec.volumeMounts ?? [])]
    .sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1))
    .map((m: KubeValue) => `      ${m.mountPath} from ${m.name} (${mountFlags(m)})\n`)
    .join('')
  return [
    listed('Command', spec.command),
    listed('Args', spec.args),
    rowsText(state, '    '),
    amountRows('Limits', spec.resources?.limits),
    amountRows('Requests', spec.resources?.requests),
    rowsText(probes, '    '),
    fromText(spec.envFrom),
    environment,
    mounts === '' ? '    Mounts:\t<none>\n' : `    Mounts:\n${mounts}`,
  ].join('')
}

const plannedText = (spec: KubeValue): string =>
  `   ${spec.name}:\n${rowsText([['Image', spec.image], ...portRows(spec)], '    ')}${containerRest(spec, [])}`

/** A container of a pod as descriptions have it, with its state where it has one. */
export const containerText = (spec: KubeValue, status: KubeValue): string => {
  if (status === undefined) return plannedText(spec).slice(1)
  const head: readonly Row[] = [
    ['Container ID', status.containerID ?? ''],
    ['Image', spec.image],
    ['Image ID', status.imageID ?? ''],
    ...portRows(spec),
  ]
  const state: readonly Row[] = [
    ...stateRows('State', status.state ?? { waiting: { reason: 'ContainerCreating' } }),
    ...stateRows('Last State', status.lastState),
    ['Ready', status.ready ? 'True' : 'False'],
    ['Restart Count', String(status.restartCount ?? 0)],
  ]
  return `  ${spec.name}:\n${rowsText(head, '    ')}${containerRest(spec, state)}`
}

/** What a workload makes pods from, as its description has it. */
export const templateText = (template: KubeValue): string => {
  const { spec, metadata } = template ?? {}
  const inits = (spec?.initContainers ?? []).map(plannedText).join('')
  const account = spec?.serviceAccountName
  const volumes = volumesText(spec, '   ')
  return [
    'Pod Template:\n',
    rowsText(
      [
        ...mapRows('Labels', metadata?.labels),
        ...(metadata?.annotations === undefined ? [] : mapRows('Annotations', metadata.annotations, ': ')),
        ...(account === undefined || account === 'default' ? [] : [['Service Account', account] as const]),
      ],
      '  ',
    ),
    inits === '' ? '' : `  Init Containers:\n${inits}`,
    `  Containers:\n${(spec?.containers ?? []).map(plannedText).join('')}`,
    volumes === '' ? '  Volumes:\t<none>\n' : `  Volumes:\n${volumes}`,
    spec?.priorityClassName ? rowsText([['Priority Class Name', spec.priorityClassName]], '  ') : '',
  ].join('')
}
