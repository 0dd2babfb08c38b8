/** Which files are played together, so that no worker has them all; what no group names is played with the machines. */
export const groups = {
  kubernetes: ['access', 'custom', 'kube', 'kept', 'objects', 'workloads', 'priorities', 'rights'],
  network: ['hostnames', 'links', 'network', 'platforms', 'sockets'],
} as const

const named: ReadonlySet<string> = new Set(Object.values(groups).flat())

export const isElsewhere = (name: string): boolean => !named.has(name)
