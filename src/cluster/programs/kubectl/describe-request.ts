import { humanDuration } from '../../kube/times.ts'
import { decodeRequest } from '../../relations/certificate.ts'
import { decodeBase64 } from '../../text/base64.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { csrState } from './cells.ts'
import { type Row, rowsText, when } from './describe-parts.ts'

const listed = (name: string, values: readonly string[]): readonly Row[] =>
  values.length === 0 ? [] : [[name, values.join(`\n${' '.repeat(24)}`)]]

/** What a signing request asks for: the subject, and the names and addresses that the certificate shall hold. */
const subjectText = (request: KubeObject): string => {
  const wanted = decodeRequest(decodeBase64(String(request.spec?.request ?? '')))
  if (wanted === undefined) return ''
  const subject: readonly Row[] = [
    ['  Common Name', wanted.commonName],
    ['  Serial Number', ''],
    ...listed('  Organization', wanted.organizations),
  ]
  const names: readonly Row[] = [
    ...listed('         DNS Names', wanted.dnsNames),
    ...listed('         IP Addresses', wanted.addresses),
  ]
  const alternative = names.length === 0 ? '' : `Subject Alternative Names:\n${rowsText(names)}`
  return `Subject:\n${rowsText(subject)}${alternative}`
}

/** A signing request as `kubectl describe` shows it below its labels and annotations. */
export const describeRequest = (head: readonly Row[], request: KubeObject): string => {
  const seconds: number | undefined = request.spec?.expirationSeconds
  const rows: readonly Row[] = [
    ...head,
    ['CreationTimestamp', when(request.metadata.creationTimestamp)],
    ['Requesting User', request.spec?.username ?? ''],
    ['Signer', request.spec?.signerName ?? ''],
    ...(seconds === undefined ? [] : [['Requested Duration', humanDuration(seconds * 1000)] as const]),
    ['Status', csrState(request)],
  ]
  return `${rowsText(rows)}${subjectText(request)}`
}
