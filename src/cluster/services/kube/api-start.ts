import { flagsOf } from '../../relations/flags.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'
import { commandOf } from './api-process.ts'
import { pairProblem, unknownFlag, unseenFile } from './control-plane-flags.ts'
import { flagValueProblem, pluginProblem } from './flag-values.ts'

const authorizationModes = new Set(['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node'])

/** What of the files with its settings for stored and for noted things cannot be read. */
const settingsProblem = (
  world: World,
  self: Running,
  flags: Readonly<Record<string, string>>,
): string | undefined => {
  const encryption = flags['encryption-provider-config']
  const unread = unseenFile(world, self, [encryption])
  if (unread !== undefined)
    return `error while parsing file: error opening encryption provider configuration file \\"${encryption}\\": ${unread}`
  const policy = flags['audit-policy-file']
  const unseen = unseenFile(world, self, [policy])
  return unseen === undefined
    ? undefined
    : `loading audit policy file: failed to read file path \\"${policy}\\": ${unseen}`
}

/** What in its flags and files keeps the API server from starting, as it says it. */
export const startProblem = (world: World, self: Running): string | undefined => {
  const command = commandOf(self)
  const flags = flagsOf(command)
  const unknown = unknownFlag('kube-apiserver', command)
  if (unknown !== undefined) return `Error: unknown flag: --${unknown}`
  const unread = flagValueProblem(command)
  if (unread !== undefined) return unread
  const plugin = pluginProblem(flags)
  if (plugin !== undefined) return `E run.go:74] "command failed" err="${plugin}"`
  const mode = flags['authorization-mode']?.split(',').find(word => !authorizationModes.has(word))
  if (mode !== undefined)
    return `E run.go:74] "command failed" err="authorization-mode \\"${mode}\\" is not a valid mode"`
  const { machine } = self
  const pair = pairProblem(machine, {
    certFile: flags['tls-cert-file'] ?? '',
    keyFile: flags['tls-private-key-file'] ?? '',
  })
  if (pair !== undefined && flags['tls-cert-file'] !== undefined)
    return `E run.go:74] "command failed" err="failed to load serving certificate: ${pair}"`
  const missing = unseenFile(world, self, [
    flags['tls-cert-file'],
    flags['client-ca-file'],
    flags['service-account-key-file'],
    flags['service-account-signing-key-file'],
    flags['etcd-cafile'],
    flags['etcd-certfile'],
    flags['etcd-keyfile'],
    flags['kubelet-client-certificate'],
    flags['proxy-client-cert-file'],
    flags['requestheader-client-ca-file'],
    flags['token-auth-file'],
  ])
  if (missing !== undefined) return `E run.go:74] "command failed" err="${missing}"`
  const settings = settingsProblem(world, self, flags)
  return settings === undefined ? undefined : `E run.go:74] "command failed" err="${settings}"`
}
