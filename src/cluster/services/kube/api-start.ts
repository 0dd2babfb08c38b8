import { flagsOf } from '../../relations/flags.ts'
import type { Running } from '../service.ts'
import { commandOf } from './api-process.ts'
import { missingFile, pairProblem, unknownFlag } from './control-plane-flags.ts'
import { flagValueProblem, pluginProblem } from './flag-values.ts'

const authorizationModes = new Set(['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node'])

/** What in its flags and files keeps the API server from starting, as it says it. */
export const startProblem = (self: Running): string | undefined => {
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
  const missing = missingFile(machine, [
    flags['client-ca-file'],
    flags['service-account-key-file'],
    flags['service-account-signing-key-file'],
    flags['etcd-cafile'],
    flags['etcd-certfile'],
    flags['etcd-keyfile'],
    flags['kubelet-client-certificate'],
    flags['proxy-client-cert-file'],
    flags['requestheader-client-ca-file'],
  ])
  if (missing !== undefined) return `E run.go:74] "command failed" err="${missing}"`
  return undefined
}
