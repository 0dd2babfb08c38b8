import type { KubeValue } from '../world/kube-object.ts'
import { numberOf } from './quantity.ts'

/**
 * The fields of Go's structures in their order, as Kubernetes 1.28 has them: a key, and after a colon how its value is written.
 * Without one it is a text, `0` a number, `?` a truth, `*` what may be missing, `texts` a list of texts, `=` a part that the value itself fills.
 */
const structures: Readonly<Record<string, string>> = {
  Container:
    'name image command:texts args:texts workingDir ports:[]ContainerPort env:[]EnvVar resources:ResourceRequirements volumeMounts:[]VolumeMount livenessProbe:&Probe readinessProbe:&Probe lifecycle:&Lifecycle terminationMessagePath imagePullPolicy securityContext:&SecurityContext stdin:? stdinOnce:? tty:? envFrom:[]EnvFromSource terminationMessagePolicy volumeDevices:[]VolumeDevice startupProbe:&Probe resizePolicy:[]ContainerResizePolicy restartPolicy:*',
  ContainerPort: 'name hostPort:0 containerPort:0 protocol hostIP',
  EnvVar: 'name value valueFrom:&EnvVarSource',
  EnvVarSource:
    'fieldRef:&ObjectFieldSelector resourceFieldRef:&ResourceFieldSelector configMapKeyRef:&ConfigMapKeySelector secretKeyRef:&SecretKeySelector',
  ObjectFieldSelector: 'apiVersion fieldPath',
  ResourceFieldSelector: 'containerName resource divisor',
  ConfigMapKeySelector: 'self:=LocalObjectReference key optional:*',
  SecretKeySelector: 'self:=LocalObjectReference key optional:*',
  LocalObjectReference: 'name',
  ResourceRequirements: 'limits:amounts requests:amounts claims:[]ResourceClaim',
  ResourceClaim: 'name',
  VolumeMount: 'name readOnly:? mountPath subPath mountPropagation:* subPathExpr',
  VolumeDevice: 'name devicePath',
  Probe:
    'self:=ProbeHandler initialDelaySeconds:0 timeoutSeconds:0 periodSeconds:0 successThreshold:0 failureThreshold:0 terminationGracePeriodSeconds:*',
  ProbeHandler: 'exec:&ExecAction httpGet:&HTTPGetAction tcpSocket:&TCPSocketAction grpc:&GRPCAction',
  ExecAction: 'command:texts',
  HTTPGetAction: 'path port:port host scheme httpHeaders:[]HTTPHeader',
  HTTPHeader: 'name value',
  TCPSocketAction: 'port:port host',
  GRPCAction: 'port:0 service:*',
  Lifecycle: 'postStart:&LifecycleHandler preStop:&LifecycleHandler',
  LifecycleHandler: 'exec:&ExecAction httpGet:&HTTPGetAction tcpSocket:&TCPSocketAction',
  SecurityContext:
    'capabilities:&Capabilities privileged:* seLinuxOptions:&SELinuxOptions runAsUser:* runAsNonRoot:* readOnlyRootFilesystem:* allowPrivilegeEscalation:* runAsGroup:* procMount:* windowsOptions:* seccompProfile:&SeccompProfile',
  Capabilities: 'add:texts drop:texts',
  SELinuxOptions: 'user role type level',
  SeccompProfile: 'type localhostProfile:*',
  EnvFromSource: 'prefix configMapRef:&ConfigMapEnvSource secretRef:&SecretEnvSource',
  ConfigMapEnvSource: 'self:=LocalObjectReference optional:*',
  SecretEnvSource: 'self:=LocalObjectReference optional:*',
  ContainerResizePolicy: 'resourceName restartPolicy',
}

const fieldName = (key: string): string =>
  key.replace(/^(?:tty|http|tcp|grpc|api|seL|.)/, start => start.toUpperCase())

/** An amount of a resource: its number, its power of ten, and the text that Go keeps of what is no power of two. */
const writeAmount = (text: string): string => {
  if (/[KMGTPE]i$/.test(text)) return `{{${numberOf(text)} 0} {<nil>}  BinarySI}`
  const number = text.endsWith('m') ? `${text.slice(0, -1)} -3` : `${numberOf(text)} 0`
  return `{{${number}} {<nil>} ${text} DecimalSI}`
}

const writeAmounts = (amounts: Readonly<Record<string, unknown>>): string =>
  `ResourceList{${Object.keys(amounts)
    .sort()
    .map(name => `${name}: ${writeAmount(String(amounts[name]))},`)
    .join('')}}`

const writeStructure = (name: string, value: KubeValue): string => {
  const fields = (structures[name] ?? '').split(' ').map(field => {
    const [key = '', way = ''] = field.split(':')
    if (way.startsWith('=')) return `${way.slice(1)}:${writeStructure(way.slice(1), value)},`
    return `${fieldName(key)}:${writeValue(way, value[key])},`
  })
  return `${name}{${fields.join('')}}`
}

const writeValue = (way: string, value: KubeValue): string => {
  if (way.startsWith('[]')) {
    const items = ((value ?? []) as readonly KubeValue[]).map(
      item => `${writeStructure(way.slice(2), item)},`,
    )
    return `${way}{${items.join('')}}`
  }
  if (way.startsWith('&')) return value == null ? 'nil' : `&${writeStructure(way.slice(1), value)}`
  switch (way) {
    case '':
      return String(value ?? '')
    case '0':
      return String(value ?? 0)
    case '?':
      return String(value ?? false)
    case '*':
      return value == null ? 'nil' : `*${value}`
    case 'texts':
      return `[${(value ?? []).join(' ')}]`
    case 'amounts':
      return writeAmounts(value ?? {})
    case 'port':
      return typeof value === 'number' ? `{0 ${value} }` : `{1 0 ${value}}`
    default:
      return writeStructure(way, value ?? {})
  }
}

/** A container's specification as Go prints it, which a kubelet logs where the container does not start. */
export const goContainer = (spec: KubeValue): string => `&${writeStructure('Container', spec)}`
