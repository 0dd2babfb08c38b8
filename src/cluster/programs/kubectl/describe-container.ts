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
  amounts === undefined
    ? ''
    : `    ${label}:\n${rowsText(
        Object.entries(amounts)
          .sort()
          .map(([k, v]) => [`  ${k}`, v] as const),
        '    ',
      )}`

const probeText = (probe: KubeValue): string => {
  const {
    httpGet,
    exec,
    tcpSocket,
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
      : `tcp-socket :${tcpSocket?.port ?? probe.grpc?.port}`
  return `${what} delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`
}

const envText = ({ name, value, valueFrom }: KubeValue): string => {
  const map = valueFrom?.configMapKeyRef
  const secret = valueFrom?.secretKeyRef
  if (map)
    return `      ${name}:  <set to the key '${map.key}' of config map '${map.name}'>  Optional: false\n`
  if (secret)
    return `      ${name}:  <set to the key '${secret.key}' in secret '${secret.name}'>  Optional: false\n`
  if (valueFrom?.fieldRef) return `      ${name}:   (v1:${valueFrom.fieldRef.fieldPath})\n`
  return `      ${name}:  ${value ?? ''}\n`
}

const listed = (label: string, words: readonly string[] | undefined): string =>
  words === undefined || words.length === 0
    ? ''
    : `    ${label}:\n${words.map(word => `      ${word}\n`).join('')}`

const fromText = (envFrom: readonly KubeValue[] | undefined): string =>
  envFrom === undefined
    ? ''
    : `    Environment Variables from:\n${envFrom.map(({ configMapRef, secretRef }) => `      ${configMapRef?.name ?? secretRef?.name}  ${configMapRef ? 'ConfigMap' : 'Secret'}  Optional: false\n`).join('')}`

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

/** How a container is to run: what its specification says behind its image and ports, and its state where it has one. */
const containerRest = (spec: KubeValue, state: readonly Row[]): string => {
  const probes: readonly Row[] = (['liveness', 'readiness', 'startup'] as const).flatMap(kind =>
    spec[`${kind}Probe`] === undefined
      ? []
      : [[`${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, probeText(spec[`${kind}Probe`])] as const],
  )
  const environment =
    spec.env === undefined || spec.env.length === 0
      ? '    Environment:  <none>\n'
      : `    Environment:\n${spec.env.map(envText).join('')}`
  const mounts = (spec.volumeMounts ?? [])
    .map((m: KubeValue) => `      ${m.mountPath} from ${m.name} (${m.readOnly ? 'ro' : 'rw'})\n`)
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
    mounts === '' ? '    Mounts:         <none>\n' : `    Mounts:\n${mounts}`,
  ].join('')
}

/** A container of a pod as descriptions have it, with its state. */
export const containerText = (spec: KubeValue, status: KubeValue): string => {
  const head: readonly Row[] = [
    ['Container ID', status?.containerID ?? ''],
    ['Image', spec.image],
    ['Image ID', status?.imageID ?? ''],
    ...portRows(spec),
  ]
  const state: readonly Row[] = [
    ...stateRows('State', status?.state ?? { waiting: { reason: 'ContainerCreating' } }),
    ...stateRows('Last State', status?.lastState),
    ['Ready', status?.ready ? 'True' : 'False'],
    ['Restart Count', String(status?.restartCount ?? 0)],
  ]
  return `  ${spec.name}:\n${rowsText(head, '    ')}${containerRest(spec, state)}`
}

const plannedText = (spec: KubeValue): string =>
  `   ${spec.name}:\n${rowsText([['Image', spec.image], ...portRows(spec)], '    ')}${containerRest(spec, [])}`

/** What a workload makes pods from, as its description has it. */
export const templateText = (template: KubeValue): string => {
  const { spec, metadata } = template ?? {}
  const inits = (spec?.initContainers ?? []).map(plannedText).join('')
  const account = spec?.serviceAccountName
  const volumes = volumesText(spec, '  ')
  return [
    'Pod Template:\n',
    rowsText(mapRows('Labels', metadata?.labels), '  '),
    account === undefined || account === 'default' ? '' : `  Service Account:  ${account}\n`,
    inits === '' ? '' : `  Init Containers:\n${inits}`,
    `  Containers:\n${(spec?.containers ?? []).map(plannedText).join('')}`,
    volumes === '' ? '  Volumes:        <none>\n' : `  Volumes:\n${volumes}`,
  ].join('')
}
