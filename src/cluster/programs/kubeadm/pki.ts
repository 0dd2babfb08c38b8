import { readText } from '../../files/file-tree.ts'
import { type Certificate, decodeCertificates } from '../../relations/certificate.ts'
import type { Call } from '../../shell/program.ts'

/** Where kubeadm keeps certificates and keys. */
export const PKI = '/etc/kubernetes/pki'

/** The files of the authorities, without ending. */
export const authorityFiles = {
  kubernetes: `${PKI}/ca`,
  etcd: `${PKI}/etcd/ca`,
  frontProxy: `${PKI}/front-proxy-ca`,
} as const
/** The certificate in a file; `undefined` where there is none. */
export const certificateAt = (call: Call, path: string): Certificate | undefined =>
  decodeCertificates(readText(call.machine.files, path))[0]
