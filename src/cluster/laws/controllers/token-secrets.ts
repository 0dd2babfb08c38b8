import { hasTokenSecrets, tokenSecretName } from '../../kube/account-tokens.ts'
import { getObject, listObjects, putObject, removeObject, touchObject } from '../../kube/store.ts'
import { encodeToken, signingKeyAt } from '../../relations/account-token.ts'
import { clusterAuthority } from '../../relations/cluster-authority.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const TOKEN_TYPE = 'kubernetes.io/service-account-token'
const LASTING_MS = 100 * 365 * 86_400_000

const tokenSecret = (
  world: World,
  { metadata: { name, namespace = '', uid } }: KubeObject,
  authority: string,
) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: tokenSecretName(namespace, name),
    namespace,
    annotations: {
      'kubernetes.io/service-account.name': name,
      'kubernetes.io/service-account.uid': uid,
    },
  },
  data: {
    'ca.crt': btoa(authority),
    namespace: btoa(namespace),
    token: btoa(
      encodeToken({
        namespace,
        name,
        issuedMs: world.nowMs,
        expiresMs: world.nowMs + LASTING_MS,
        keyId: signingKeyAt(world, world.nowMs),
      }),
    ),
  },
  type: TOKEN_TYPE,
})

/** Gives an account the Secret with its token, and notes it in the account. */
export const giveToken = (
  world: World,
  account: KubeObject,
  { authority, createdMs }: { readonly authority: string; readonly createdMs: number },
): void => {
  const secret = tokenSecret(world, account, authority)
  const { name, namespace } = secret.metadata
  if (getObject(world.kube, { kind: 'Secret', namespace, name }) === undefined)
    putObject(world, secret, createdMs)
  if (account.secrets?.some((one: { name: string }) => one.name === name)) return
  account.secrets = [...(account.secrets ?? []), { name }]
  touchObject(world, account)
}

/** In older clusters each account has a Secret with its token, which goes with it. */
export const keepTokenSecrets = (world: World): void => {
  if (!hasTokenSecrets(world.kube)) return
  const authority = clusterAuthority(world)
  const accounts = listObjects(world.kube, 'ServiceAccount')
  for (const account of accounts)
    if (authority !== undefined) giveToken(world, account, { authority, createdMs: world.nowMs })
  const uids = new Set(accounts.map(({ metadata }) => metadata.uid))
  for (const secret of listObjects(world.kube, 'Secret'))
    if (
      secret.type === TOKEN_TYPE &&
      !uids.has(secret.metadata.annotations?.['kubernetes.io/service-account.uid'] ?? '')
    )
      removeObject(world, secret)
}
