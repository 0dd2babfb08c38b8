import { readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import { type Certificate, decodeCertificates } from './certificate.ts'
import { readKubeletSettings } from './kubelet-settings.ts'

/** Where a kubelet keeps a serving certificate that the cluster signed. */
export const servingFile = '/var/lib/kubelet/pki/kubelet-server-current.pem'

/** Whether a kubelet asks the cluster for its serving certificate instead of signing one itself. */
export const asksForServing = (machine: Machine): boolean =>
  readKubeletSettings(machine)?.serverTLSBootstrap === true

/** The serving certificate that the cluster signed for a kubelet. */
export const signedServing = (machine: Machine): Certificate | undefined =>
  decodeCertificates(readText(machine.files, servingFile))[0]

/** Whether a kubelet has no certificate to show on its port: every handshake fails. */
export const lacksServing = (machine: Machine): boolean =>
  asksForServing(machine) && signedServing(machine) === undefined
