import { containerSpecs, initSpecs } from '../../kube/pod.ts'
import { msOf, rfc1123Of } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { eventsText, mapRows, type Row, rowsText, tolerationText } from './describe-parts.ts'

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

const containerText = (spec: KubeValue, status: KubeValue): string => {
  const ports = (spec.ports ?? [])
    .map((p: KubeValue) => `${p.containerPort}/${p.protocol ?? 'TCP'}`)
    .join(', ')
  const hostPorts = (spec.ports ?? [])
    .map((p: KubeValue) => `${p.hostPort ?? 0}/${p.protocol ?? 'TCP'}`)
    .join(', ')
  const head: readonly Row[] = [
    ['Container ID', status?.containerID ?? ''],
    ['Image', spec.image],
    ['Image ID', status?.imageID ?? ''],
    [ports.includes(',') ? 'Ports' : 'Port', ports || NONE],
    [ports.includes(',') ? 'Host Ports' : 'Host Port', hostPorts || NONE],
  ]
  const state: readonly Row[] = [
    ...stateRows('State', status?.state ?? { waiting: { reason: 'ContainerCreating' } }),
    ...stateRows('Last State', status?.lastState),
    ['Ready', status?.ready ? 'True' : 'False'],
    ['Restart Count', String(status?.restartCount ?? 0)],
  ]
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
    `  ${spec.name}:\n`,
    rowsText(head, '    '),
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

const volumeRows = (volume: KubeValue): readonly Row[] => {
  if (volume.projected)
    return [
      ['Type', 'Projected (a volume that contains injected data from multiple sources)'],
      ['TokenExpirationSeconds', '3607'],
      ['ConfigMapName', 'kube-root-ca.crt'],
      ['ConfigMapOptional', '<nil>'],
      ['DownwardAPI', 'true'],
    ]
  if (volume.configMap)
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', volume.configMap.name],
      ['Optional', String(volume.configMap.optional ?? false)],
    ]
  if (volume.secret)
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', volume.secret.secretName],
      ['Optional', String(volume.secret.optional ?? false)],
    ]
  if (volume.persistentVolumeClaim)
    return [
      ['Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)'],
      ['ClaimName', volume.persistentVolumeClaim.claimName],
      ['ReadOnly', 'false'],
    ]
  if (volume.hostPath)
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', volume.hostPath.path],
      ['HostPathType', volume.hostPath.type ?? ''],
    ]
  if (volume.nfs)
    return [
      ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
      ['Server', volume.nfs.server],
      ['Path', volume.nfs.path],
      ['ReadOnly', String(volume.nfs.readOnly ?? false)],
    ]
  return [
    ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
    ['Medium', ''],
    ['SizeLimit', '<unset>'],
  ]
}

const headRows = (pod: KubeObject): readonly Row[] => {
  const { metadata, spec, status } = pod
  const owner = metadata.ownerReferences?.[0]
  return [
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    ['Priority', String(spec?.priority ?? 0)],
    ...(spec?.priorityClassName ? [['Priority Class Name', spec.priorityClassName] as const] : []),
    ['Service Account', spec?.serviceAccountName ?? 'default'],
    ['Node', spec?.nodeName === undefined ? NONE : `${spec.nodeName}/${status?.hostIP ?? ''}`],
    ...(status?.startTime ? [['Start Time', rfc1123Of(msOf(status.startTime))] as const] : []),
    ...mapRows('Labels', metadata.labels),
    ...mapRows('Annotations', metadata.annotations, ': '),
    ['Status', metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating'],
    ...(status?.reason ? [['Reason', status.reason] as const] : []),
    ...(status?.message ? [['Message', status.message] as const] : []),
    ['IP', status?.podIP ?? ''],
    ...(owner === undefined ? [] : [['Controlled By', `${owner.kind}/${owner.name}`] as const]),
  ]
}

/** `kubectl describe pod`. */
export const describePod = (world: World, pod: KubeObject): string => {
  const { spec, status } = pod
  const statusOf = (name: string, list: readonly KubeValue[] | undefined): KubeValue =>
    list?.find(s => s.name === name)
  const inits = initSpecs(pod)
    .map(s => containerText(s, statusOf(s.name, status?.initContainerStatuses)))
    .join('')
  const containers = containerSpecs(pod)
    .map(s => containerText(s, statusOf(s.name, status?.containerStatuses)))
    .join('')
  const volumes = (spec?.volumes ?? [])
    .map((v: KubeValue) => `  ${v.name}:\n${rowsText(volumeRows(v), '    ')}`)
    .join('')
  const conditions = status?.conditions ?? []
  const ips =
    status?.podIP === undefined ? 'IPs:              <none>\n' : `IPs:\n  IP:           ${status.podIP}\n`
  const head = headRows(pod)
  const atOwner = head.findIndex(([label]) => label === 'Controlled By')
  const before = rowsText(atOwner < 0 ? head : head.slice(0, atOwner))
  const after = atOwner < 0 ? '' : rowsText(head.slice(atOwner))
  return [
    before,
    ips,
    after,
    inits === '' ? '' : `Init Containers:\n${inits}`,
    `Containers:\n${containers}`,
    conditions.length === 0
      ? ''
      : `Conditions:\n  Type              Status\n${conditions.map((c: KubeValue) => `  ${String(c.type).padEnd(18)}${c.status} \n`).join('')}`,
    volumes === '' ? 'Volumes:            <none>\n' : `Volumes:\n${volumes}`,
    rowsText([
      ['QoS Class', status?.qosClass ?? 'BestEffort'],
      ...mapRows('Node-Selectors', spec?.nodeSelector),
      ...((spec?.tolerations ?? []).length === 0
        ? [['Tolerations', NONE] as const]
        : spec.tolerations.map(
            (t: KubeValue, i: number): Row => [i === 0 ? 'Tolerations' : '', tolerationText(t)],
          )),
    ]),
    eventsText(world, pod),
  ].join('')
}
