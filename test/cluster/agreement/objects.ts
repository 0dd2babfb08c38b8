/** What the relations read of the API's objects; a field that is not there is absent. */
export type Meta = {
  readonly name: string
  readonly namespace?: string
  readonly uid: string
  readonly creationTimestamp: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly {
    readonly kind: string
    readonly name: string
    readonly uid: string
    readonly controller?: boolean
  }[]
}

export type ContainerStatus = {
  readonly name: string
  readonly ready: boolean
  readonly restartCount: number
  readonly containerID?: string
  readonly image: string
  readonly state: {
    readonly running?: { readonly startedAt: string }
    readonly waiting?: { readonly reason: string }
    readonly terminated?: {
      readonly exitCode: number
      readonly reason: string
      readonly finishedAt: string
      readonly startedAt: string
    }
  }
}

export type Pod = {
  readonly metadata: Meta
  readonly spec: {
    readonly nodeName?: string
    readonly hostNetwork?: boolean
    readonly containers: readonly {
      readonly name: string
      readonly image: string
      readonly resources?: { readonly requests?: Readonly<Record<string, string>> }
    }[]
    readonly initContainers?: readonly {
      readonly name: string
      readonly resources?: { readonly requests?: Readonly<Record<string, string>> }
    }[]
  }
  readonly status: {
    readonly phase: string
    readonly podIP?: string
    readonly hostIP?: string
    readonly startTime?: string
    readonly conditions?: readonly Condition[]
    readonly containerStatuses?: readonly ContainerStatus[]
    readonly initContainerStatuses?: readonly ContainerStatus[]
  }
}

export type Condition = {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly lastTransitionTime?: string
  readonly lastHeartbeatTime?: string
}

export type Node = {
  readonly metadata: Meta
  readonly spec: {
    readonly taints?: readonly { readonly key: string; readonly effect: string }[]
    readonly unschedulable?: boolean
    readonly podCIDR?: string
  }
  readonly status: {
    readonly conditions: readonly Condition[]
    readonly addresses: readonly { readonly type: string; readonly address: string }[]
    readonly nodeInfo: Readonly<Record<string, string>>
    readonly capacity: Readonly<Record<string, string>>
    readonly allocatable: Readonly<Record<string, string>>
  }
}

/** namespace/name. */
export const keyOf = ({ metadata }: { readonly metadata: Meta }): string =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`

/** Whether a condition is True. */
export const isTrue = (conditions: readonly Condition[] | undefined, type: string): boolean =>
  conditions?.some(one => one.type === type && one.status === 'True') ?? false

const factors: Readonly<Record<string, number>> = {
  m: 0.001,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  k: 1000,
  M: 1e6,
  G: 1e9,
}

/** A quantity of Kubernetes as a number. */
export const quantityOf = (text: string | undefined): number => {
  const [, digits = '0', suffix = ''] = /^([\d.]+)([A-Za-z]*)$/.exec(text ?? '0') ?? []
  return Number(digits) * (factors[suffix] ?? 1)
}
