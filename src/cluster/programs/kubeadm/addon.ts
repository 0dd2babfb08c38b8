import { getObject, putObject, touchObject } from '../../kube/store.ts'
import { askApi } from '../../relations/ask-api.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { World } from '../../world/world.ts'
import { systemObjects } from '../../worlds/kube/system-objects.ts'

const CONFIG = '/etc/kubernetes/admin.conf'

const titles: Readonly<Record<string, string>> = { coredns: 'CoreDNS', 'kube-proxy': 'kube-proxy' }

const parts: Readonly<Record<string, readonly string[]>> = {
  coredns: ['coredns', 'kube-dns'],
  'kube-proxy': ['kube-proxy'],
}

/** Gives a cluster the objects of an addon, in place of those that it has. */
const applyAddon = (world: World, call: Call, { name, apiUrl }: { name: string; apiUrl: string }): void => {
  const setup = {
    world,
    controlPlanes: [call.machine],
    workers: [],
    createdMs: world.nowMs,
    clusterName: world.name,
    apiUrl,
    registryHost: '',
  }
  for (const object of systemObjects(setup).filter(({ metadata }) => parts[name]?.includes(metadata.name))) {
    const known = getObject(world.kube, { ...object.metadata, kind: object.kind })
    if (known === undefined) putObject(world, object)
    else {
      if (object.spec !== undefined) known.spec = structuredClone(object.spec)
      if (object.data !== undefined) known.data = structuredClone(object.data)
      touchObject(world, known)
    }
  }
}

/** `kubeadm init phase addon`: CoreDNS, kube-proxy, or both. */
export const initAddon = (call: Call, asked: string): Reply => {
  const { world, machine } = call
  const names = asked === 'all' ? ['coredns', 'kube-proxy'] : [asked]
  if (names.some(name => titles[name] === undefined))
    return {
      stderr: `error: unknown command "${asked}" for "kubeadm init phase addon"\nTo see the stack trace of this error execute with --v=5 or higher\n`,
      exit: 1,
    }
  const config = readKubeconfig(machine, CONFIG)
  if (isProblem(config))
    return {
      stderr: `failed to load admin kubeconfig: open ${CONFIG}: no such file or directory\nTo see the stack trace of this error execute with --v=5 or higher\n`,
      exit: 1,
    }
  const answer = askApi(world, { from: machine, config })
  if (answer.kind !== 'answers')
    return {
      stderr: `error execution phase addon/${names[0]}: unable to create ConfigMap: Post "${config.server}/api/v1/namespaces/kube-system/configmaps?timeout=10s": dial tcp: connect: connection refused\nTo see the stack trace of this error execute with --v=5 or higher\n`,
      exit: 1,
    }
  for (const name of names) applyAddon(world, call, { name, apiUrl: config.server })
  return {
    stdout: names.map(name => `[addons] Applied essential addon: ${titles[name]}\n`).join(''),
    tookMs: 900,
  }
}
