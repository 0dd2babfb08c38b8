import { stringify } from 'yaml'
import { readText, writeText } from '../../files/file-tree.ts'
import { buildText } from '../../kube/build-info.ts'
import { yamlValue } from '../../kube/read-yaml.ts'
import { humanDuration } from '../../kube/times.ts'
import { type Certificate, decodeKey, encodeCertificate, encodeKey } from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import { controlPlaneOrders, issueCertificate, writePair } from '../../worlds/kube/pki.ts'
import { initAddon } from './addon.ts'
import { configRead } from './config.ts'
import { initCertificate } from './init.ts'
import { initKubeconfig, userKubeconfig } from './kubeconfig.ts'
import { authorityFiles, certificateAt, PKI } from './pki.ts'
import { token } from './token.ts'

const configs = ['admin.conf', 'controller-manager.conf', 'scheduler.conf'] as const
const authorityNames = { kubernetes: 'ca', etcd: 'etcd-ca', frontProxy: 'front-proxy-ca' } as const

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

const takesValue =
  /^--(config|cert-dir|kubeconfig|v|ttl|description|groups|usages|client-name|org|node-name|kubeconfig-dir|apiserver-advertise-address|apiserver-bind-port)$/

/** kubeadm(1): certificates, tokens, versions. */
export const kubeadm: Program = {
  names: ['kubeadm'],
  isInstalled: ({ machine, container }) =>
    container === undefined &&
    machine.runtime !== undefined &&
    machine.files.has('/etc/kubernetes/manifests'),
  run: call => {
    const words = call.args.filter(
      (word, at) => !word.startsWith('-') && !takesValue.test(call.args[at - 1] ?? ''),
    )
    const [first, second, third, fourth] = words
    if (first === 'certs' && second === 'check-expiration') return checkExpiration(call)
    if (first === 'certs' && second === 'renew') return renew(call, third ?? '')
    if (first === 'init' && second === 'phase' && third === 'certs')
      return initCertificate(call, fourth ?? '')
    if (first === 'init' && second === 'phase' && third === 'addon') return initAddon(call, fourth ?? 'all')
    if (first === 'init' && second === 'phase' && third === 'kubeconfig') return initKubeconfig(call, fourth)
    if (first === 'kubeconfig' && second === 'user') return userKubeconfig(call)
    if (first === 'token') return token(call, words.slice(1))
    if (first === 'version')
      return {
        stdout: call.args.join(' ').includes('short')
          ? `${call.world.kube.version}\n`
          : `kubeadm version: &${buildText(call.world.kube.version)}\n`,
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
