import type { KubeValue } from '../../world/kube-object.ts'
import type { Arguments } from './arguments.ts'

const encoded = (data: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, btoa(value)]))

const registryAuth = (flags: Arguments['flags']): string => {
  const username = flags.get('docker-username') ?? ''
  const password = flags.get('docker-password') ?? ''
  const email = flags.get('docker-email')
  const entry = {
    username,
    password,
    ...(email === undefined ? {} : { email }),
    auth: btoa(`${username}:${password}`),
  }
  return JSON.stringify({ auths: { [flags.get('docker-server') ?? 'https://index.docker.io/v1/']: entry } })
}

/** What `kubectl create secret TYPE NAME` makes of what it was given: texts by key, and files as they are read. */
export const buildSecret = (
  { words: [, , type, name], flags }: Arguments,
  data: Readonly<Record<string, string>>,
): KubeValue => {
  const head = { apiVersion: 'v1', kind: 'Secret', metadata: { name } }
  if (type === 'docker-registry')
    return {
      ...head,
      type: 'kubernetes.io/dockerconfigjson',
      data: encoded({ '.dockerconfigjson': registryAuth(flags) }),
    }
  return {
    ...head,
    type: type === 'tls' ? 'kubernetes.io/tls' : (flags.get('type') ?? 'Opaque'),
    data: encoded(data),
  }
}
