/** Feature gates that people set: of kubelets and of the control plane. */
const gates = new Set(
  'AllAlpha AllBeta APIPriorityAndFairness AdmissionWebhookMatchConditions CPUManager CPUManagerPolicyOptions CSIMigration ContextualLogging CronJobTimeZone DevicePlugins DynamicResourceAllocation EphemeralContainers GracefulNodeShutdown InPlacePodVerticalScaling JobPodFailurePolicy KubeletInUserNamespace KubeletTracing LocalStorageCapacityIsolation MemoryManager MemoryQoS NodeSwap OpenAPIV3 PodReadyToStartContainersCondition PodSecurity RotateKubeletServerCertificate ServerSideApply SidecarContainers StatefulSetAutoDeletePVC SupportPodPidsLimit TTLAfterFinished TopologyAwareHints TopologyManager UserNamespacesSupport ValidatingAdmissionPolicy WatchList WinDSR'.split(
    ' ',
  ),
)

/** Whether a component of Kubernetes knows a feature gate. */
export const isKnownGate = (name: string): boolean => gates.has(name)
