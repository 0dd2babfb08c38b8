/**
 * What settles an event of Kubernetes: a later event of the same object with one of these reasons says that it worked in the end.
 * Reasons are those of the kubelet, the scheduler and the controllers from Kubernetes 1.14 on.
 */
const started: readonly string[] = ['Pulled', 'Created', 'Started']

export const settledBy: Readonly<Record<string, readonly string[]>> = {
  FailedScheduling: ['Scheduled', 'Pulling', ...started],
  FailedAttachVolume: ['SuccessfulAttachVolume', ...started],
  FailedMount: started,
  FailedMapVolume: started,
  FailedCreatePodSandBox: ['Pulling', ...started],
  FailedCreatePodContainer: started,
  NetworkNotReady: ['Pulling', ...started],
  // Before each attempt that fails for a missing Secret the image is found.
  Failed: ['Created', 'Started'],
  ErrImagePull: started,
  InspectFailed: started,
  FailedCreate: ['SuccessfulCreate'],
  ProvisioningFailed: ['ProvisioningSucceeded'],
  ExternalProvisioning: ['ProvisioningSucceeded'],
  NodeNotReady: ['NodeReady'],
  NodeNotSchedulable: ['NodeSchedulable'],
  NodeHasDiskPressure: ['NodeHasNoDiskPressure'],
  NodeHasInsufficientMemory: ['NodeHasSufficientMemory'],
  NodeHasInsufficientPID: ['NodeHasSufficientPID'],
}

/** Events that a pod which is ready may still have now: they are settled only when they are few or long ago. */
export const repeatsWhileReady: readonly string[] = ['Unhealthy', 'BackOff', 'Killing']

/** From how many times on an event counts as repeated, and how many seconds ago it may be to count as of now. */
export const repeated = { times: 5, withinSeconds: 300 } as const

/** What happens to a container while it is being stopped, and within how many seconds of it: that it no longer answers its probes. */
export const whileStopping = {
  reasons: ['Unhealthy'],
  says: 'Stopping container',
  withinSeconds: 60,
} as const

/** What a node must say of itself now for its own event to be history: kind of condition and status, all of them. */
export const settledByCondition: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NodeNotReady: { Ready: 'True' },
  NodeHasDiskPressure: { DiskPressure: 'False' },
  NodeHasInsufficientMemory: { MemoryPressure: 'False' },
  NodeHasInsufficientPID: { PIDPressure: 'False' },
  EvictionThresholdMet: { DiskPressure: 'False', MemoryPressure: 'False', PIDPressure: 'False' },
  FreeDiskSpaceFailed: { DiskPressure: 'False' },
  ImageGCFailed: { DiskPressure: 'False' },
}
