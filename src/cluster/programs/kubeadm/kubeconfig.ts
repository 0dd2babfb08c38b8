import { readText, writeText } from '../../files/file-tree.ts'
import {
  type Certificate,
  decodeCertificates,
  decodeKey,
  encodeCertificate,
  encodeKey,
} from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import { writeKubeconfig } from '../../relations/kubeconfig-text.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { issueCertificate } from '../../worlds/kube/pki.ts'
import { flagOf } from './config.ts'

const CA = '/etc/kubernetes/pki/ca'
const TRACE = 'To see the stack trace of this error execute with --v=5 or higher\n'

type Holder = { readonly commonName: string; readonly organizations: readonly string[] }

const holderOf = (call: Call, file: string): Holder | undefined => {
  const node = flagOf(call, 'node-name') ?? call.machine.name
  const holders: Readonly<Record<string, Holder>> = {
    admin: { commonName: 'kubernetes-admin', organizations: ['system:masters'] },
    kubelet: { commonName: `system:node:${node}`, organizations: ['system:nodes'] },
    'controller-manager': { commonName: 'system:kube-controller-manager', organizations: [] },
    scheduler: { commonName: 'system:kube-scheduler', organizations: [] },
  }
  return holders[file]
}

const authorityOf = ({ machine }: Call): Certificate | string => {
  const authority = decodeCertificates(readText(machine.files, `${CA}.crt`))[0]
  if (authority === undefined)
    return `couldn't load the certificate file ${CA}.crt: open ${CA}.crt: no such file or directory`
  const key = readText(machine.files, `${CA}.key`)
  if (decodeKey(key) === undefined)
    return `couldn't load the private key file ${CA}.key: open ${CA}.key: no such file or directory`
  return authority
}

const serverUrl = (call: Call): string =>
  `https://${flagOf(call, 'apiserver-advertise-address') ?? mainAddressOf(call.machine)}:${flagOf(call, 'apiserver-bind-port') ?? '6443'}`

const CLUSTER = 'kubernetes'

const configFor = (call: Call, authority: Certificate, holder: Holder): string => {
  const client = issueCertificate(call.world, authority, {
    ...holder,
    notBeforeMs: machineNowMs(call.world, call.machine),
  })
  return writeKubeconfig({
    clusterName: CLUSTER,
    apiUrl: serverUrl(call),
    authority: encodeCertificate(authority),
    user: holder.commonName,
    client: { certificate: encodeCertificate(client), key: encodeKey(client.keyId) },
  })
}

/** What keeps a kubeconfig that is there from being used further. */
const existingProblem = (call: Call, path: string, authority: Certificate): string | undefined => {
  const config = readKubeconfig(call.machine, path)
  if (isProblem(config)) return `couldn't load kubeconfig file "${path}"`
  if (config.authorities[0]?.keyId !== authority.keyId)
    return `a kubeconfig file "${path}" exists already but has got the wrong CA cert`
  const expected = serverUrl(call)
  return config.server === expected
    ? undefined
    : `a kubeconfig file "${path}" exists already but has an unexpected API Server URL: expected: ${expected}, got: ${config.server}`
}

const writeOne = (call: Call, file: string, authority: Certificate): Reply => {
  const holder = holderOf(call, file)
  if (holder === undefined) return { stderr: `invalid subcommand\n${TRACE}`, exit: 1 }
  const path = `${flagOf(call, 'kubeconfig-dir') ?? '/etc/kubernetes'}/${file}.conf`
  if (readText(call.machine.files, path) !== undefined) {
    const problem = existingProblem(call, path, authority)
    return problem === undefined
      ? { stdout: `[kubeconfig] Using existing kubeconfig file: "${path}"\n` }
      : { stderr: `error execution phase kubeconfig/${file}: ${problem}\n${TRACE}`, exit: 1 }
  }
  const text = configFor(call, authority, holder)
  writeText(call.machine.files, path, { text, mode: 0o600, mtimeMs: call.world.nowMs })
  return { stdout: `[kubeconfig] Writing "${file}.conf" kubeconfig file\n`, tookMs: 400 }
}

/** `kubeadm init phase kubeconfig`: writes the kubeconfigs that are missing. */
export const initKubeconfig = (call: Call, asked: string | undefined): Reply => {
  const authority = authorityOf(call)
  if (typeof authority === 'string')
    return {
      stderr: `error execution phase kubeconfig/${asked}: couldn't create a kubeconfig; the CA files couldn't be loaded: ${authority}\n${TRACE}`,
      exit: 1,
    }
  if (asked !== 'all') return writeOne(call, asked ?? '', authority)
  const files = ['admin', 'kubelet', 'controller-manager', 'scheduler']
  const replies = files.map(file => writeOne(call, file, authority))
  return {
    stdout: `[kubeconfig] Using kubeconfig folder "${flagOf(call, 'kubeconfig-dir') ?? '/etc/kubernetes'}"\n${replies.map(({ stdout = '' }) => stdout).join('')}`,
    stderr: replies.find(({ exit }) => exit === 1)?.stderr ?? '',
    exit: replies.some(({ exit }) => exit === 1) ? 1 : 0,
    tookMs: 1_600,
  }
}

/** `kubeadm kubeconfig user`: a kubeconfig for somebody, with a new certificate, on standard output. */
export const userKubeconfig = (call: Call): Reply => {
  const commonName = flagOf(call, 'client-name')
  if (commonName === undefined) return { stderr: `required flag(s) "client-name" not set\n${TRACE}`, exit: 1 }
  const authority = authorityOf(call)
  if (typeof authority === 'string')
    return {
      stderr: `couldn't create a kubeconfig; the CA files couldn't be loaded: ${authority}\n${TRACE}`,
      exit: 1,
    }
  const organizations = (flagOf(call, 'org') ?? '').split(',').filter(name => name !== '')
  return { stdout: configFor(call, authority, { commonName, organizations }), tookMs: 500 }
}
