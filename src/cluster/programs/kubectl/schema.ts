/** A field of a type: its name and its type as `kubectl explain` writes it. */
export type Field = { readonly name: string; readonly type: string }

/** The fields of the types that one looks up most: `name:type`, a type in words where it is left out. */
const types: Readonly<Record<string, string>> = {
  PodSpec:
    'activeDeadlineSeconds:integer affinity:Affinity automountServiceAccountToken:boolean containers:[]Container dnsConfig:PodDNSConfig dnsPolicy enableServiceLinks:boolean ephemeralContainers:[]EphemeralContainer hostAliases:[]HostAlias hostIPC:boolean hostNetwork:boolean hostPID:boolean hostUsers:boolean hostname imagePullSecrets:[]LocalObjectReference initContainers:[]Container nodeName nodeSelector:map[string]string os:PodOS overhead:map[string]Quantity preemptionPolicy priority:integer priorityClassName readinessGates:[]PodReadinessGate resourceClaims:[]PodResourceClaim restartPolicy runtimeClassName schedulerName schedulingGates:[]PodSchedulingGate securityContext:PodSecurityContext serviceAccount serviceAccountName setHostnameAsFQDN:boolean shareProcessNamespace:boolean subdomain terminationGracePeriodSeconds:integer tolerations:[]Toleration topologySpreadConstraints:[]TopologySpreadConstraint volumes:[]Volume',
  Container:
    'args:[]string command:[]string env:[]EnvVar envFrom:[]EnvFromSource image imagePullPolicy lifecycle:Lifecycle livenessProbe:Probe name ports:[]ContainerPort readinessProbe:Probe resizePolicy:[]ContainerResizePolicy resources:ResourceRequirements restartPolicy securityContext:SecurityContext startupProbe:Probe stdin:boolean stdinOnce:boolean terminationMessagePath terminationMessagePolicy tty:boolean volumeDevices:[]VolumeDevice volumeMounts:[]VolumeMount workingDir',
  Probe:
    'exec:ExecAction failureThreshold:integer grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:integer periodSeconds:integer successThreshold:integer tcpSocket:TCPSocketAction terminationGracePeriodSeconds:integer timeoutSeconds:integer',
  HTTPGetAction: 'host httpHeaders:[]HTTPHeader path port:IntOrString scheme',
  ExecAction: 'command:[]string',
  TCPSocketAction: 'host port:IntOrString',
  ResourceRequirements: 'claims:[]ResourceClaim limits:map[string]Quantity requests:map[string]Quantity',
  ContainerPort: 'containerPort:integer hostIP hostPort:integer name protocol',
  EnvVar: 'name value valueFrom:EnvVarSource',
  VolumeMount: 'mountPath mountPropagation name readOnly:boolean subPath subPathExpr',
  Toleration: 'effect key operator tolerationSeconds:integer value',
  Volume:
    'awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource iscsi:ISCSIVolumeSource name nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource',
  ObjectMeta:
    'annotations:map[string]string creationTimestamp deletionGracePeriodSeconds:integer deletionTimestamp finalizers:[]string generateName generation:integer labels:map[string]string managedFields:[]ManagedFieldsEntry name namespace ownerReferences:[]OwnerReference resourceVersion selfLink uid',
  PodStatus:
    'conditions:[]PodCondition containerStatuses:[]ContainerStatus ephemeralContainerStatuses:[]ContainerStatus hostIP hostIPs:[]HostIP initContainerStatuses:[]ContainerStatus message nominatedNodeName phase podIP podIPs:[]PodIP qosClass reason startTime',
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  LabelSelector: 'matchExpressions:[]LabelSelectorRequirement matchLabels:map[string]string',
  DeploymentSpec:
    'minReadySeconds:integer paused:boolean progressDeadlineSeconds:integer replicas:integer revisionHistoryLimit:integer selector:LabelSelector strategy:DeploymentStrategy template:PodTemplateSpec',
  DeploymentStrategy: 'rollingUpdate:RollingUpdateDeployment type',
  DaemonSetSpec:
    'minReadySeconds:integer revisionHistoryLimit:integer selector:LabelSelector template:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy',
  StatefulSetSpec:
    'minReadySeconds:integer ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy replicas:integer revisionHistoryLimit:integer selector:LabelSelector serviceName template:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy volumeClaimTemplates:[]PersistentVolumeClaim',
  ServiceSpec:
    'allocateLoadBalancerNodePorts:boolean clusterIP clusterIPs:[]string externalIPs:[]string externalName externalTrafficPolicy healthCheckNodePort:integer internalTrafficPolicy ipFamilies:[]string ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges:[]string ports:[]ServicePort publishNotReadyAddresses:boolean selector:map[string]string sessionAffinity sessionAffinityConfig:SessionAffinityConfig type',
  ServicePort: 'appProtocol name nodePort:integer port:integer protocol targetPort:IntOrString',
  NodeSpec:
    'configSource:NodeConfigSource externalID podCIDR podCIDRs:[]string providerID taints:[]Taint unschedulable:boolean',
  Taint: 'effect key timeAdded value',
  ReplicaSetSpec: 'minReadySeconds:integer replicas:integer selector:LabelSelector template:PodTemplateSpec',
  RollingUpdateDeployment: 'maxSurge:IntOrString maxUnavailable:IntOrString',
  LabelSelectorRequirement: 'key operator values:[]string',
  JobSpec:
    'activeDeadlineSeconds:integer backoffLimit:integer backoffLimitPerIndex:integer completionMode completions:integer manualSelector:boolean maxFailedIndexes:integer parallelism:integer podFailurePolicy:PodFailurePolicy podReplacementPolicy selector:LabelSelector suspend:boolean template:PodTemplateSpec ttlSecondsAfterFinished:integer',
  CronJobSpec:
    'concurrencyPolicy failedJobsHistoryLimit:integer jobTemplate:JobTemplateSpec schedule startingDeadlineSeconds:integer successfulJobsHistoryLimit:integer suspend:boolean timeZone',
  JobTemplateSpec: 'metadata:ObjectMeta spec:JobSpec',
  PersistentVolumeClaimSpec:
    'accessModes:[]string dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources:ResourceRequirements selector:LabelSelector storageClassName volumeMode volumeName',
  IngressSpec: 'defaultBackend:IngressBackend ingressClassName rules:[]IngressRule tls:[]IngressTLS',
  IngressRule: 'host http:HTTPIngressRuleValue',
  HTTPIngressRuleValue: 'paths:[]HTTPIngressPath',
  HTTPIngressPath: 'backend:IngressBackend path pathType',
  IngressBackend: 'resource:TypedLocalObjectReference service:IngressServiceBackend',
  IngressServiceBackend: 'name port:ServiceBackendPort',
  ServiceBackendPort: 'name number:integer',
  IngressTLS: 'hosts:[]string secretName',
  EnvVarSource:
    'configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector',
  ConfigMapKeySelector: 'key name optional:boolean',
  SecretKeySelector: 'key name optional:boolean',
  EnvFromSource: 'configMapRef:ConfigMapEnvSource prefix secretRef:SecretEnvSource',
  ConfigMapEnvSource: 'name optional:boolean',
  SecretEnvSource: 'name optional:boolean',
  LocalObjectReference: 'name',
  ConfigMapVolumeSource: 'defaultMode:integer items:[]KeyToPath name optional:boolean',
  SecretVolumeSource: 'defaultMode:integer items:[]KeyToPath optional:boolean secretName',
  KeyToPath: 'key mode:integer path',
  EmptyDirVolumeSource: 'medium sizeLimit:Quantity',
  HostPathVolumeSource: 'path type',
  NFSVolumeSource: 'path readOnly:boolean server',
  PersistentVolumeClaimVolumeSource: 'claimName readOnly:boolean',
  NodeStatus:
    'addresses:[]NodeAddress allocatable:map[string]Quantity capacity:map[string]Quantity conditions:[]NodeCondition config:NodeConfigStatus daemonEndpoints:NodeDaemonEndpoints images:[]ContainerImage nodeInfo:NodeSystemInfo phase volumesAttached:[]AttachedVolume volumesInUse:[]string',
  NodeAddress: 'address type',
  NodeCondition: 'lastHeartbeatTime lastTransitionTime message reason status type',
  NodeSystemInfo:
    'architecture bootID containerRuntimeVersion kernelVersion kubeProxyVersion kubeletVersion machineID operatingSystem osImage systemUUID',
  ContainerImage: 'names:[]string sizeBytes:integer',
  PodCondition: 'lastProbeTime lastTransitionTime message reason status type',
  PodIP: 'ip',
  ContainerStatus:
    'allocatedResources:map[string]Quantity containerID image imageID lastState:ContainerState name ready:boolean resources:ResourceRequirements restartCount:integer started:boolean state:ContainerState',
  ContainerState:
    'running:ContainerStateRunning terminated:ContainerStateTerminated waiting:ContainerStateWaiting',
  ContainerStateRunning: 'startedAt',
  ContainerStateTerminated: 'containerID exitCode:integer finishedAt message reason signal:integer startedAt',
  ContainerStateWaiting: 'message reason',
  DeploymentStatus:
    'availableReplicas:integer collisionCount:integer conditions:[]DeploymentCondition observedGeneration:integer readyReplicas:integer replicas:integer unavailableReplicas:integer updatedReplicas:integer',
  DeploymentCondition: 'lastTransitionTime lastUpdateTime message reason status type',
  ServiceStatus: 'conditions:[]Condition loadBalancer:LoadBalancerStatus',
  PodSecurityContext:
    'fsGroup:integer fsGroupChangePolicy runAsGroup:integer runAsNonRoot:boolean runAsUser:integer seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups:[]integer sysctls:[]Sysctl windowsOptions:WindowsSecurityContextOptions',
  SecurityContext:
    'allowPrivilegeEscalation:boolean capabilities:Capabilities privileged:boolean procMount readOnlyRootFilesystem:boolean runAsGroup:integer runAsNonRoot:boolean runAsUser:integer seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions',
  Lifecycle: 'postStart:LifecycleHandler preStop:LifecycleHandler',
  LifecycleHandler: 'exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction',
  Affinity: 'nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity',
  OwnerReference: 'apiVersion blockOwnerDeletion:boolean controller:boolean kind name uid',
}

/** The fields of a type; `undefined` of one that is not known here. */
export const fieldsOf = (type: string): readonly Field[] | undefined =>
  types[type.replace(/^\[\]/, '')]?.split(' ').map(text => {
    const [name = '', of = 'string'] = text.split(':')
    return { name, type: of }
  })
