import { stringify } from 'yaml'
import { chanceSuffix } from '../chance.ts'
import { readText, writeText } from '../files/file-tree.ts'
import { yamlValue } from '../kube/read-yaml.ts'
import { humanDuration } from '../kube/times.ts'
import {
  type Certificate,
  decodeCertificates,
  decodeKey,
  encodeCertificate,
  encodeKey,
} from '../relations/certificate.ts'
import { machineNowMs } from '../relations/clock.ts'
import { isProblem, readKubeconfig } from '../relations/kubeconfig.ts'
import type { Call, Program, Reply } from '../shell/program.ts'
import { apiServerNames, controlPlaneOrders, issueCertificate, writePair } from '../worlds/kube/pki.ts'
import { configRead } from './kubeadm-config.ts'

const PKI = '/etc/kubernetes/pki'
const configs = ['admin.conf', 'controller-manager.conf', 'scheduler.conf'] as const
const authorityFiles = {
  kubernetes: `${PKI}/ca`,
  etcd: `${PKI}/etcd/ca`,
  frontProxy: `${PKI}/front-proxy-ca`,
} as const
const authorityNames = { kubernetes: 'ca', etcd: 'etcd-ca', frontProxy: 'front-proxy-ca' } as const

const certificateAt = (call: Call, path: string): Certificate | undefined =>
  decodeCertificates(readText(call.machine.files, path))[0]

/** The certificates that kubeadm looks after, by the name that it gives them. */
const managed = (
  call: Call,
): readonly {
  readonly name: string
  readonly certificate: Certificate | undefined
  readonly authority: string
}[] => {
  const orders = Object.entries(controlPlaneOrders(call.world, call.machine, 0))
  const files = orders.map(([path, { authority }]) => ({
    name: path.replace('/', '-'),
    certificate: certificateAt(call, `${PKI}/${path}.crt`),
    authority: authorityNames[authority] as string,
  }))
  const inConfigs = configs.map(name => {
    const config = readKubeconfig(call.machine, `/etc/kubernetes/${name}`)
    return { name, certificate: isProblem(config) ? undefined : config.client, authority: 'ca' }
  })
  return [...files, ...inConfigs].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const dateText = (ms: number): string => {
  const [, day = '', month = '', year = '', time = ''] =
    /^\w+, (\d+) (\w+) (\d+) (\d+:\d+)/.exec(new Date(ms).toUTCString()) ?? []
  return `${month} ${day}, ${year} ${time} UTC`
}

const residual = (call: Call, certificate: Certificate): string => {
  const leftMs = certificate.notAfterMs - machineNowMs(call.world, call.machine)
  return leftMs < 0 ? '<invalid>' : humanDuration(leftMs)
}

const checkExpiration = (call: Call): Reply => {
  const rows = managed(call).map(({ name, certificate, authority }) =>
    certificate === undefined
      ? `!MISSING! ${name.padEnd(26)}`
      : `${name.padEnd(26)} ${dateText(certificate.notAfterMs).padEnd(22)} ${residual(call, certificate).padEnd(15)} ${authority.padEnd(23)} no      `,
  )
  const cas = Object.entries(authorityFiles).map(([key, path]) => ({
    name: authorityNames[key as keyof typeof authorityNames],
    certificate: certificateAt(call, `${path}.crt`),
  }))
  const caRows = cas.map(({ name, certificate }) =>
    certificate === undefined
      ? `!MISSING! ${name}`
      : `${name.padEnd(23)} ${dateText(certificate.notAfterMs).padEnd(22)} ${residual(call, certificate).padEnd(15)} no      `,
  )
  return {
    stdout: `${configRead(call, 'check-expiration')}${'CERTIFICATE'.padEnd(26)} ${'EXPIRES'.padEnd(22)} ${'RESIDUAL TIME'.padEnd(15)} ${'CERTIFICATE AUTHORITY'.padEnd(23)} EXTERNALLY MANAGED\n${rows.join('\n')}\n\n${'CERTIFICATE AUTHORITY'.padEnd(23)} ${'EXPIRES'.padEnd(22)} ${'RESIDUAL TIME'.padEnd(15)} EXTERNALLY MANAGED\n${caRows.join('\n')}\n`,
    tookMs: 700,
  }
}

const labels: Readonly<Record<string, string>> = {
  'admin.conf': 'certificate embedded in the kubeconfig file for the admin to use and for kubeadm itself',
  apiserver: 'certificate for serving the Kubernetes API',
  'apiserver-etcd-client': 'certificate the apiserver uses to access etcd',
  'apiserver-kubelet-client': 'certificate for the API server to connect to kubelet',
  'controller-manager.conf': 'certificate embedded in the kubeconfig file for the controller manager to use',
  'etcd-healthcheck-client': 'certificate for liveness probes to healthcheck etcd',
  'etcd-peer': 'certificate for etcd nodes to communicate with each other',
  'etcd-server': 'certificate for serving etcd',
  'front-proxy-client': 'certificate for the front proxy client',
  'scheduler.conf': 'certificate embedded in the kubeconfig file for the scheduler manager to use',
}

const renewFile = (call: Call, name: string): boolean => {
  const orders = controlPlaneOrders(call.world, call.machine, machineNowMs(call.world, call.machine))
  const path = Object.keys(orders).find(key => key.replace('/', '-') === name)
  const order = orders[path ?? '']
  if (path === undefined || order === undefined) return false
  const authority = certificateAt(call, `${authorityFiles[order.authority]}.crt`)
  if (
    authority === undefined ||
    decodeKey(readText(call.machine.files, `${authorityFiles[order.authority]}.key`)) !== authority.keyId
  )
    return false
  const before = certificateAt(call, `${PKI}/${path}.crt`)
  const names = before === undefined ? {} : { dnsNames: before.dnsNames, addresses: before.addresses }
  writePair(call.machine, `${PKI}/${path}`, issueCertificate(call.world, authority, { ...order, ...names }))
  return true
}

const renewConfig = (call: Call, name: string): boolean => {
  const path = `/etc/kubernetes/${name}`
  const authority = certificateAt(call, `${authorityFiles.kubernetes}.crt`)
  const config = structuredClone(yamlValue(readText(call.machine.files, path) ?? ''))
  const before = readKubeconfig(call.machine, path)
  if (
    authority === undefined ||
    config?.users?.[0]?.user === undefined ||
    isProblem(before) ||
    before.client === undefined
  )
    return false
  const client = issueCertificate(call.world, authority, {
    commonName: before.client.commonName,
    organizations: before.client.organizations,
    notBeforeMs: machineNowMs(call.world, call.machine),
  })
  config.users[0].user['client-certificate-data'] = btoa(encodeCertificate(client))
  config.users[0].user['client-key-data'] = btoa(encodeKey(client.keyId))
  config.clusters[0].cluster['certificate-authority-data'] = btoa(encodeCertificate(authority))
  writeText(call.machine.files, path, {
    text: stringify(config, { lineWidth: 0, indentSeq: false }),
    mtimeMs: call.world.nowMs,
  })
  return true
}

const renew = (call: Call, which: string): Reply => {
  const names = which === 'all' ? Object.keys(labels) : [which]
  const head = configRead(call, 'renew')
  if (which !== 'all' && labels[which] === undefined)
    return {
      stderr: `unknown command "${which}" for "kubeadm certs renew"\nTo see the stack trace of this error execute with --v=5 or higher\n`,
      exit: 1,
    }
  let stdout = head
  for (const name of names) {
    const isDone = name.endsWith('.conf') ? renewConfig(call, name) : renewFile(call, name)
    if (!isDone)
      return {
        stdout,
        stderr: `failed to renew certificate ${name}: unable to load the certificate authority or its key from ${PKI}\nTo see the stack trace of this error execute with --v=5 or higher\n`,
        exit: 1,
      }
    stdout += `${labels[name]} renewed\n`
  }
  if (which === 'all')
    stdout +=
      '\nDone renewing certificates. You must restart the kube-apiserver, kube-controller-manager, kube-scheduler and etcd, so that they can use the new certificates.\n'
  return { stdout, tookMs: 1_500 }
}

/** All certificates that are missing, those that are there being kept. */
const initCertificates = (call: Call): Reply => {
  const orders = controlPlaneOrders(call.world, call.machine, machineNowMs(call.world, call.machine))
  const replies = Object.keys(orders).map(path => initCertificate(call, path))
  return { stdout: replies.map(({ stdout }) => stdout ?? '').join(''), tookMs: 2_000 }
}

const initCertificate = (call: Call, asked: string): Reply => {
  if (asked === 'all') return initCertificates(call)
  const paths = Object.keys(
    controlPlaneOrders(call.world, call.machine, machineNowMs(call.world, call.machine)),
  )
  const name = paths.find(path => path.replace('/', '-') === asked) ?? asked
  if (certificateAt(call, `${PKI}/${name}.crt`) !== undefined)
    return { stdout: `[certs] Using existing ${name} certificate and key on disk\n` }
  const authority = certificateAt(call, `${authorityFiles.kubernetes}.crt`)
  const orders = controlPlaneOrders(call.world, call.machine, machineNowMs(call.world, call.machine))
  const order = orders[name]
  if (order === undefined) return { stderr: `error execution phase certs/${name}: unknown\n`, exit: 1 }
  const signer = certificateAt(call, `${authorityFiles[order.authority]}.crt`) ?? authority
  writePair(call.machine, `${PKI}/${name}`, issueCertificate(call.world, signer, order))
  const { dnsNames = [], addresses = [] } = apiServerNames(call.world, call.machine)
  const names =
    name === 'apiserver'
      ? `[certs] apiserver serving cert is signed for DNS names [${dnsNames.join(' ')}] and IPs [${addresses.join(' ')}]\n`
      : ''
  return { stdout: `[certs] Generating "${name}" certificate and key\n${names}`, tookMs: 600 }
}

const token = (call: Call, action: string | undefined): Reply => {
  if (action === 'create')
    return { stdout: `${chanceSuffix(call.world, 6)}.${chanceSuffix(call.world, 16)}\n` }
  if (action === 'list') return { stdout: '' }
  return { stderr: `unknown command "${action ?? ''}" for "kubeadm token"\n`, exit: 1 }
}

/** kubeadm(1): certificates, tokens, versions. */
export const kubeadm: Program = {
  names: ['kubeadm'],
  isInstalled: ({ machine, container }) =>
    container === undefined &&
    machine.runtime !== undefined &&
    machine.files.has('/etc/kubernetes/manifests'),
  run: call => {
    const words = call.args.filter(
      (word, at) =>
        !word.startsWith('-') && !/^--(config|cert-dir|kubeconfig|v)$/.test(call.args[at - 1] ?? ''),
    )
    const [first, second, third, fourth] = words
    if (first === 'certs' && second === 'check-expiration') return checkExpiration(call)
    if (first === 'certs' && second === 'renew') return renew(call, third ?? '')
    if (first === 'init' && second === 'phase' && third === 'certs')
      return initCertificate(call, fourth ?? '')
    if (first === 'token') return token(call, second)
    if (first === 'version')
      return {
        stdout: call.args.join(' ').includes('short')
          ? `${call.world.kube.version}\n`
          : `kubeadm version: &version.Info{Major:"1", Minor:"28", GitVersion:"${call.world.kube.version}", GitTreeState:"clean", GoVersion:"go1.21.9", Compiler:"gc", Platform:"linux/amd64"}\n`,
      }
    if (first === 'upgrade' && second === 'plan')
      return {
        stdout: `[upgrade/config] Making sure the configuration is correct:\n[preflight] Running pre-flight checks.\n[upgrade] Running cluster health checks\n[upgrade] Fetching available versions to upgrade to\n[upgrade/versions] Cluster version: ${call.world.kube.version}\n[upgrade/versions] kubeadm version: ${call.world.kube.version}\n`,
        tookMs: 4_000,
      }
    return {
      stderr: `invalid subcommand\nTo see the stack trace of this error execute with --v=5 or higher\n`,
      exit: 1,
    }
  },
}
