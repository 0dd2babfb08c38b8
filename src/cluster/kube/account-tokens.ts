import type { KubeStore, KubeValue } from '../world/kube-object.ts'
import { minorIn } from './minor-version.ts'
import { hashOf } from './pod.ts'

/** The first minor release whose pods carry tokens of their own, and whose namespaces have the map with the authority. */
const HAS_BOUND_TOKENS = 21
const SUFFIX_LENGTH = 5
const letters = 'bcdfghjklmnpqrst'

/** Whether the tokens of service accounts lie in Secrets, one an account. */
export const hasTokenSecrets = ({ version }: Pick<KubeStore, 'version'>): boolean =>
  minorIn(version) < HAS_BOUND_TOKENS

/** Five letters that follow from a text, as the ends of generated names have them. */
export const lettersOf = (seed: string): string =>
  [...hashOf(seed, SUFFIX_LENGTH)].map(digit => letters[Number.parseInt(digit, 16)]).join('')

/** The name of the Secret with the token of an account. */
export const tokenSecretName = (namespace: string, account: string): string =>
  `${account}-token-${lettersOf(`${namespace}/${account}`)}`

/** The name of the volume with a pod's token, as the admission plugin makes it. */
export const tokenVolumeName = (seed: string): string => `kube-api-access-${lettersOf(seed)}`

/** The volume with a pod's token. */
export const tokenVolume = (name: string): KubeValue => ({
  name,
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
      {
        downwardAPI: {
          items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
        },
      },
    ],
  },
})
