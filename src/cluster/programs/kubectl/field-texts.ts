/** What the types that one looks up most are for. */
export const typeTexts: Readonly<Record<string, string>> = {
  ConfigMap: 'ConfigMap holds settings for pods to read.',
  DaemonSet: 'DaemonSet has a pod run on every node that suits it.',
  Deployment: 'Deployment keeps pods and ReplicaSets as they are declared.',
  Node: 'Node is a machine of the cluster, kept in its store (that is, in etcd).',
  Pod: 'Pod is a set of containers that can run on a host. Clients make it, and the scheduler puts it onto a host.',
  Secret: 'Secret holds secret data of some kind, no more in sum than a limit of bytes.',
  Service:
    'Service names what an application serves: the port that a proxy listens on and the selector of the pods that answer.',
  PodSpec: 'PodSpec says what a pod is to be.',
  Container: 'A single application container that is run within a pod.',
  Probe:
    'Probe says how the health of a container is checked, to find whether it is alive or ready for traffic.',
  ResourceRequirements: 'ResourceRequirements says how much of the machine a container needs and may use.',
  ServiceSpec: 'ServiceSpec says what a service is to be.',
  ServicePort: 'ServicePort tells of one port of a service.',
  DeploymentSpec: 'DeploymentSpec says how a Deployment is to behave.',
  NodeStatus: 'NodeStatus tells of the present state of a node.',
}

/** Fields that must be given. */
export const requiredFields: ReadonlySet<string> = new Set([
  'Container.name',
  'DeploymentSpec.selector',
  'DeploymentSpec.template',
  'HTTPGetAction.port',
  'PodSpec.containers',
  'ServicePort.port',
  'TCPSocketAction.port',
])

const containerFields = {
  args: "Arguments to the entrypoint. The image's CMD is taken where none are given. $(VAR_NAME) is filled in from the container's environment.",
  command: "The entrypoint, not run within a shell. The image's ENTRYPOINT is taken where none is given.",
  env: 'Environment variables to set in the container. Cannot be changed.',
  envFrom:
    'Sources from which environment variables are taken. Where a key stands in several sources the last one counts; what env sets goes before all of them.',
  image: 'Name of the container image. May be left out where something higher up sets it.',
  imagePullPolicy:
    'When the image is pulled: Always, Never or IfNotPresent. Always where the tag is :latest, else IfNotPresent. Cannot be changed.',
  lifecycle: 'What the system does in answer to events of the container. Cannot be changed.',
  livenessProbe:
    'Checks from time to time whether the container is alive. It is restarted when the probe fails.',
  name: 'Name of the container, a DNS_LABEL that is unique within the pod. Cannot be changed.',
  ports:
    'Ports to expose from the container. Leaving one out here does not keep it closed: what listens on 0.0.0.0 in the container can be reached from the network.',
  readinessProbe:
    "Checks from time to time whether the container is ready for requests. It is taken out of the service's endpoints while the probe fails.",
  resizePolicy: 'How the container is resized for each resource.',
  resources: 'Compute resources that the container needs and may use. Cannot be changed.',
  restartPolicy: 'Restart behaviour of a single init container; the only value is Always.',
  securityContext: 'Security options that the container is run with. They go before those of the pod.',
  startupProbe:
    'Tells that the container has come up. No other probe is made until it has succeeded; when it fails the container is restarted.',
  stdin: 'Whether the container keeps a buffer for stdin. Reads from it end at once where it does not.',
  stdinOnce: 'Whether stdin is closed after the first attach that used it.',
  terminationMessagePath:
    "Where in the container's file system its last message is looked for. By default /dev/termination-log.",
  terminationMessagePolicy: 'Where the last message comes from: File, or FallbackToLogsOnError.',
  tty: 'Whether the container gets a TTY for itself; needs stdin.',
  volumeDevices: 'Block devices that the container uses.',
  volumeMounts: "Volumes of the pod to mount into the container's file system. Cannot be changed.",
  workingDir: "The container's working directory; the image's own where none is given. Cannot be changed.",
}

const probeFields = {
  exec: 'A command to run in the container; exit status 0 is healthy.',
  failureThreshold:
    'How many failures in a row make the probe fail after it had succeeded. 3 by default, at least 1.',
  grpc: 'A GRPC port to ask.',
  httpGet: 'An HTTP request to make.',
  initialDelaySeconds: 'Seconds after the start of the container before the probe is made.',
  periodSeconds: 'How often in seconds the probe is made. 10 by default, at least 1.',
  successThreshold:
    'How many successes in a row make the probe succeed after it had failed. 1 by default; must be 1 for liveness and startup.',
  tcpSocket: 'A TCP port to connect to.',
  terminationGracePeriodSeconds:
    "Seconds that the pod gets to end after a failed probe, in place of the pod's own.",
  timeoutSeconds: 'Seconds after which the probe times out. 1 by default, at least 1.',
}

const serviceFields = {
  allocateLoadBalancerNodePorts:
    'Whether node ports are given out for a service of type LoadBalancer. True by default.',
  clusterIP:
    'The IP address of the service, usually given at random. "None" makes it headless: names lead to the pods themselves.',
  clusterIPs: 'The IP addresses of the service, of each family one.',
  externalIPs:
    'Addresses at which nodes take traffic for the service as well. Kubernetes does not look after them.',
  externalName: 'The name that DNS gives as a CNAME for the service; needs the type ExternalName.',
  externalTrafficPolicy:
    'How nodes hand on traffic from outside: Cluster to all endpoints, Local only to those on the node.',
  healthCheckNodePort:
    'The node port for health checks where the type is LoadBalancer and the external policy is Local.',
  internalTrafficPolicy:
    'How nodes hand on traffic to the cluster IP: Cluster to all endpoints, Local only to those on the node.',
  ipFamilies: 'The IP families of the service: IPv4, IPv6 or both.',
  ipFamilyPolicy: 'Whether one family is wanted or two: SingleStack, PreferDualStack or RequireDualStack.',
  loadBalancerClass: 'The class of the load balancer that is to serve it.',
  loadBalancerIP: 'The address wanted of the load balancer. Deprecated.',
  loadBalancerSourceRanges: 'Client networks that the load balancer lets through, where it can.',
  ports: 'The ports that the service exposes.',
  publishNotReadyAddresses: 'Whether pods count as endpoints before they are ready.',
  selector:
    'Labels of the pods that traffic is sent to. Where it is empty something outside keeps the endpoints. Not heeded for the type ExternalName.',
  sessionAffinity: 'ClientIP keeps a client with one pod; None by default.',
  sessionAffinityConfig: 'Settings of the session affinity.',
  type: 'How the service is exposed: ClusterIP, NodePort, LoadBalancer or ExternalName. ClusterIP by default.',
}

const portFields = {
  appProtocol: 'A hint for the protocol of the application on the port.',
  name: 'The name of the port, unique within the service; may be left out where there is only one.',
  nodePort:
    'The port on each node for the types NodePort and LoadBalancer. Given out where none is asked for.',
  port: 'The port that the service exposes.',
  protocol: 'TCP, UDP or SCTP; TCP by default.',
  targetPort:
    "The port of the pods, by number or by the name of a container's port. The same as port by default.",
}

const deploymentFields = {
  minReadySeconds: 'Seconds for which a new pod must be ready before it counts as available. 0 by default.',
  paused: 'Whether the deployment is paused.',
  progressDeadlineSeconds:
    'Seconds without progress after which the deployment counts as failed. 600 by default.',
  replicas: 'The number of pods wanted. 1 by default.',
  revisionHistoryLimit: 'How many old ReplicaSets are kept for a rollback. 10 by default.',
  selector: "Labels of the pods; must match the template's.",
  strategy: 'How old pods are replaced by new ones.',
  template: 'The pods that are made.',
}

const nodeFields = {
  addresses: 'Addresses at which the node is reached.',
  allocatable: 'What of the node is there for pods; the capacity by default.',
  capacity: 'All the resources of the node.',
  conditions: 'The conditions observed of the node.',
  config: 'The state of the configuration that the node was given dynamically.',
  daemonEndpoints: 'Endpoints of the daemons on the node.',
  images: 'The container images on the node.',
  nodeInfo: 'The versions and ids of the node.',
  phase: 'The phase of the node in its life. No longer set.',
  volumesAttached: 'Volumes that are attached to the node.',
  volumesInUse: 'Attachable volumes that the node uses (has mounted).',
}

/** What the fields of those types are for. */
export const fieldTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Container: containerFields,
  DeploymentSpec: deploymentFields,
  NodeStatus: nodeFields,
  Probe: probeFields,
  ServicePort: portFields,
  ServiceSpec: serviceFields,
}
