import { describe, expect, it } from 'vitest'
import { library, runbookOf } from './kit.ts'

/** Values of their authors' clusters in the five documents that the runbooks come from, and the variable that stands for them here. */
const asked: readonly (readonly [values: readonly string[], runbook: string, variable: string])[] = [
  [['192.168.121.217'], 'gravity', 'NODE_NAME'],
  [['node-1', 'node-2', 'node-3'], 'gravity', 'GRAVITY_NODE'],
  [['192.168.121.232'], 'gravity', 'GRAVITY_PEER'],
  [['45b56f472e71'], 'gravity', 'JOIN_TOKEN'],
  [['10.244.59.23', '10.244.84.4'], 'gravity', 'POD_IP'],
  [['10.244.2.15'], 'bare-metal', 'FAR_POD_IP'],
  [['10.244.4.21'], 'gravity', 'DEBUG_POD_IP'],
  [['10.100.135.21'], 'gravity', 'SERVICE_CLUSTER_IP'],
  [['nginx:latest'], 'bare-metal', 'TRIAL_IMAGE'],
  [['username:password'], 'bare-metal', 'REGISTRY_CREDENTIALS'],
  [['/export/path'], 'bare-metal', 'NFS_EXPORT'],
  [['/mnt/stale'], 'bare-metal', 'STALE_MOUNT'],
  [['/mnt/disks/vol1'], 'bare-metal', 'LOCAL_VOLUME_PATH'],
  [['coredns-86fsb', 'coredns-t2rtd', 'coredns-wfvrm'], 'gravity', 'COREDNS_XXX'],
  [['debug-jl8nr'], 'gravity', 'DEBUG_POD'],
  [
    [
      'gravity__gravitational.io__planet__5.6.0-11305-10-g9e464aa',
      'gravity__gravitational.io__planet__6.0.0-11401.service',
    ],
    'gravity',
    'PLANET_UNIT',
  ],
  [['/init', '/bootstrap/node-1', '/bootstrap/node-2'], 'gravity', 'PHASE_ID'],
  [['9473'], 'gravity', 'VXLAN_PORT'],
  [['192.168.0.0/16'], 'gravity', 'FIREWALL_SOURCE'],
  [['2024-01-15 14:00:00'], 'bare-metal', 'SINCE_TIME'],
  [['deployment.yaml'], 'bare-metal', 'MANIFEST_FILE'],
  [['/backup/etcd-snapshot.db'], 'bare-metal', 'SNAPSHOT_FILE'],
  [['rancher.prod.net'], 'k3s-resilience', 'RANCHER_HOST'],
]

const commands = [...library.trees.values()].flatMap(tree => tree.steps.flatMap(step => step.commands))

/** What is left of a command when its placeholders are taken out. */
const literalPartsOf = ({ run, placeholders }: (typeof commands)[number]): string =>
  placeholders.reduce((rest, { text }) => rest.replaceAll(text, ' '), run)

describe.each(asked)('the value of a foreign cluster: %s', (values, runbook, name) => {
  it.each(values)('%s is in no command that would run with it', value => {
    const whole = new RegExp(`(?<![\\w./~-])${value.replaceAll('.', '\\.')}(?![\\w-])`)
    expect(commands.filter(command => whole.test(literalPartsOf(command)))).toEqual([])
  })

  it(`is asked for as ${name} instead`, () => {
    const tree = runbookOf(runbook)
    const variable = tree.variables.find(one => one.name === name)
    expect(variable?.about).toMatch(/\w/)
    const used = tree.steps.flatMap(step => step.commands).flatMap(command => command.placeholders)
    expect(used.some(placeholder => placeholder.name === name)).toBe(true)
  })
})

/** What stays as it stands: the runbook makes these itself, or every installation has them unless it chose otherwise, and the text says so. */
it.each([
  ['/mnt/test', 'bare-metal'],
  ['/var/lib/etcd-restore', 'bare-metal'],
  ['kubeadm-config.yaml', 'bare-metal'],
  ['debug.yaml', 'gravity'],
  ['~/upgrade', 'gravity'],
  ['~/installer', 'gravity'],
  ['/var/lib/gravity', 'gravity'],
  ['30443', 'k3s-resilience'],
])('%s stands in %s as it is', (value, runbook) => {
  const literal = runbookOf(runbook).steps.flatMap(step => step.commands.map(literalPartsOf))
  expect(literal.some(text => text.includes(value))).toBe(true)
})
