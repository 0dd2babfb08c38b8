import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { ApiServer } from './api-server.ts'
import { askApi } from './ask-api.ts'
import { mayDo } from './authorize.ts'
import {
  type Certificate,
  type CertificateCheck,
  checkCertificate,
  decodeCertificates,
  x509Text,
} from './certificate.ts'
import { machineNowMs } from './clock.ts'
import { kubeletUnitOf } from './cluster-hosts.ts'
import { isProblem, readKubeconfig } from './kubeconfig.ts'
import { kubeletConfigPath, readKubeletSettings } from './kubelet-settings.ts'
import { settingsText, watchedText } from './read-settings.ts'

/** What Kubernetes' servers log of a client's certificate that they do not take; `undefined` for a good one. */
export const unverifiedText = (certificate: Certificate, check: CertificateCheck): string | undefined => {
  const problem = checkCertificate(certificate, check)
  if (problem === undefined) return undefined
  const text = x509Text(certificate, problem, check)
  const serial = BigInt(`0x${certificate.serial}`).toString()
  return `[${text}, verifying certificate SN=${serial}, SKID=, AKID= failed: ${text}]`
}

/** How a kubelet turns the API server away: a status of HTTP with its body, and what the kubelet logs. */
export type KubeletRefusal = {
  readonly status: 401 | 403 | 500
  readonly body: string
  readonly log?: string
}

const clientOf = (
  { machine, program, flags }: ApiServer,
  flag: string,
  read: typeof settingsText,
): Certificate | undefined => decodeCertificates(read(machine, program, flags[flag] ?? ''))[0]

/** Why a kubelet learns nothing from the API server of tokens and rights; `undefined` when it does. */
export const reviewProblem = (world: World, machine: Machine): string | undefined => {
  const unit = kubeletUnitOf(machine)
  if (unit === undefined) return undefined
  const config = readKubeconfig(machine, kubeletConfigPath(unit), unit)
  if (isProblem(config)) return undefined
  const answer = askApi(world, { from: machine, config, heldSinceMs: unit.startedMs })
  if (answer.kind === 'answers') return undefined
  return answer.kind === 'unauthorized'
    ? 'Unauthorized'
    : `Post "${config.server}/apis/authorization.k8s.io/v1/subjectaccessreviews": ${answer.text}`
}

/** Why a kubelet refuses what the API server wants of it: it does not take the server's certificate, or cannot ask for its rights. */
export const kubeletRefusal = (
  world: World,
  server: ApiServer,
  { machine, verb }: { readonly machine: Machine; readonly verb: string },
): KubeletRefusal | undefined => {
  const own = clientOf(server, 'kubelet-client-certificate', settingsText)
  const settings = readKubeletSettings(machine)
  const authorityFile = settings?.authentication?.x509?.clientCAFile
  if (own === undefined || authorityFile === undefined) return undefined
  const authorities = decodeCertificates(watchedText(machine, kubeletUnitOf(machine), authorityFile))
  const unverified = unverifiedText(own, { authorities, atMs: machineNowMs(world, machine) })
  if (unverified !== undefined)
    return {
      status: 401,
      body: 'Unauthorized',
      log: `"Unable to authenticate the request due to an error" err="${unverified}"`,
    }
  if (settings?.authorization?.mode === 'AlwaysAllow') return undefined
  const asked = `user=${own.commonName}, verb=${verb}, resource=nodes, subresource=proxy`
  const unasked = reviewProblem(world, machine)
  if (unasked !== undefined)
    return {
      status: 500,
      body: `Authorization error (${asked})`,
      log: `"Authorization error" err="${unasked.replaceAll('"', '\\"')}" user="${own.commonName}" verb="${verb}" resource="nodes" subresource="proxy"`,
    }
  const person = { user: own.commonName, groups: [...own.organizations, 'system:authenticated'] }
  return mayDo(world, person, { verb, group: '', resource: 'nodes/proxy' })
    ? undefined
    : { status: 403, body: `Forbidden (${asked})` }
}

/** Why another server, on its machine, does not take the API server for the proxy of its clients; `undefined` when it does. */
export const proxyClientProblem = (world: World, server: ApiServer, at: Machine): string | undefined => {
  const own = clientOf(server, 'proxy-client-cert-file', watchedText)
  if (own === undefined) return undefined
  const { machine, program, flags } = server
  const file = flags['requestheader-client-ca-file'] ?? ''
  const authorities = decodeCertificates(watchedText(machine, program, file))
  const unverified = unverifiedText(own, { authorities, atMs: machineNowMs(world, at) })
  if (unverified !== undefined) return unverified
  const allowed = (flags['requestheader-allowed-names'] ?? '').split(',').filter(name => name !== '')
  return allowed.length === 0 || allowed.includes(own.commonName)
    ? undefined
    : `x509: subject with cn=${own.commonName} is not allowed`
}
