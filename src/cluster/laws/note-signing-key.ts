import { signingKeyOf } from '../relations/account-token.ts'
import type { Law } from './law.ts'

/** Tokens keep the key that they were signed with, whatever key the API server starts with later. */
export const noteSigningKey: Law = world => {
  const keyId = signingKeyOf(world)
  const known = world.kube.signingKeys ?? []
  if (keyId === undefined || known.at(-1)?.keyId === keyId) return
  world.kube.signingKeys = [...known, { sinceMs: world.nowMs, keyId }]
}
