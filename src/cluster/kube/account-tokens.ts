import type { KubeStore } from '../world/kube-object.ts'
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
