import { steadyUid } from '../../kube/steady-uid.ts'
import { putObject } from '../../kube/store.ts'
import { type Certificate, encodeCertificate } from '../../relations/certificate.ts'
import type { World } from '../../world/world.ts'
import { plainObject } from './templates.ts'

/** The authorities by which an API server knows its clients; the proxy is the one that added APIs are asked through, with the names that it may have. */
export type ClientAuthorities = {
  readonly client: Certificate
  readonly proxy?: { readonly authority: Certificate; readonly name: string }
}

const NAME = 'extension-apiserver-authentication'

/** The map in which an API server tells added ones how it knows its clients. */
export const putAuthenticationMap = (
  world: World,
  { client, proxy }: ClientAuthorities,
  createdMs: number,
): void => {
  const data = {
    'client-ca-file': encodeCertificate(client),
    ...(proxy === undefined
      ? {}
      : {
          'requestheader-allowed-names': JSON.stringify([proxy.name]),
          'requestheader-client-ca-file': encodeCertificate(proxy.authority),
          'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
          'requestheader-group-headers': '["X-Remote-Group"]',
          'requestheader-username-headers': '["X-Remote-User"]',
        }),
  }
  const map = plainObject('ConfigMap', { name: NAME, namespace: 'kube-system', data })
  putObject(world, { ...map, metadata: { ...map.metadata, uid: steadyUid(NAME) } }, createdMs)
}
