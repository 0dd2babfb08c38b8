import { readText } from '../../files/file-tree.ts'
import { decodeKey } from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { apiServerNames, controlPlaneOrders, issueCertificate, writePair } from '../../worlds/kube/pki.ts'
import { authorityFiles, certificateAt, PKI } from './pki.ts'

/** All certificates that are missing, those that are there being kept. */
const initCertificates = (call: Call): Reply => {
  const orders = controlPlaneOrders(call.world, call.machine, machineNowMs(call.world, call.machine))
  const replies = Object.keys(orders).map(path => initCertificate(call, path))
  return { stdout: replies.map(({ stdout }) => stdout ?? '').join(''), tookMs: 2_000 }
}

/** What comes of a certificate or key that is there already; `undefined` where both are missing. */
const existingPair = (call: Call, name: string): Reply | undefined => {
  const { files } = call.machine
  const path = `${PKI}/${name}`
  if (!files.has(`${path}.crt`) && !files.has(`${path}.key`)) return undefined
  const failed = (why: string): Reply => ({
    stderr: `error execution phase certs/${name.replace('/', '-')}: failure loading ${name} certificate: ${why}\nTo see the stack trace of this error execute with --v=5 or higher\n`,
    exit: 1,
  })
  const unread = (what: string, file: string): Reply =>
    failed(
      `failed to load ${what === 'private key' ? 'key' : 'certificate'}: couldn't load the ${what} file ${file}: open ${file}: no such file or directory`,
    )
  const certificate = certificateAt(call, `${path}.crt`)
  if (certificate === undefined) return unread('certificate', `${path}.crt`)
  const nowMs = machineNowMs(call.world, call.machine)
  if (nowMs > certificate.notAfterMs) return failed('failed to load certificate: the certificate has expired')
  if (nowMs < certificate.notBeforeMs)
    return failed('failed to load certificate: the certificate is not valid yet')
  if (decodeKey(readText(files, `${path}.key`)) === undefined) return unread('private key', `${path}.key`)
  return { stdout: `[certs] Using existing ${name} certificate and key on disk\n` }
}

/** `kubeadm init phase certs`: makes what is missing, and keeps what is there. */
export const initCertificate = (call: Call, asked: string): Reply => {
  if (asked === 'all') return initCertificates(call)
  const paths = Object.keys(
    controlPlaneOrders(call.world, call.machine, machineNowMs(call.world, call.machine)),
  )
  const name = paths.find(path => path.replace('/', '-') === asked) ?? asked
  const existing = existingPair(call, name)
  if (existing !== undefined) return existing
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
