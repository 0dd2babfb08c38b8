import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'

type Rule = {
  readonly host: string
  readonly path: string
  readonly service: string
  readonly port: string
  readonly tls: string | undefined
}

/** Reads `host/path*=service:port,tls=secret`. */
const readRule = (text: string): Rule | undefined => {
  const [, host = '', path = '/', service = '', port = '', isTls, secret] =
    /^([^/=]*)(\/[^=]*)?=([^:,]+):([^,]+)(,tls(?:=([^,]*))?)?$/.exec(text) ?? []
  return service === ''
    ? undefined
    : { host, path, service, port, tls: isTls === undefined ? undefined : (secret ?? '') }
}

/** Whether a text is a rule of an ingress. */
export const isRule = (text: string): boolean => readRule(text) !== undefined

const portOf = (text: string): KubeValue => (/^\d+$/.test(text) ? { number: Number(text) } : { name: text })

const pathOf = ({ path, service, port }: Rule): KubeValue => ({
  backend: { service: { name: service, port: portOf(port) } },
  path: path.replace(/\*$/, '') || '/',
  pathType: path.endsWith('*') ? 'Prefix' : 'Exact',
})

/** The object that `kubectl create ingress` makes. */
export const buildIngress = ({ args: { flags, lists } }: Client, name: string | undefined): KubeValue => {
  const rules = (lists.get('rule') ?? []).flatMap(text => readRule(text) ?? [])
  const hosts = [...new Set(rules.map(({ host }) => host))]
  const secrets = [...new Set(rules.flatMap(({ tls }) => tls ?? []))]
  const [service = '', port = ''] = (flags.get('default-backend') ?? '').split(':')
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name },
    spec: {
      ...(service === '' ? {} : { defaultBackend: { service: { name: service, port: portOf(port) } } }),
      ...(flags.has('class') ? { ingressClassName: flags.get('class') } : {}),
      rules: hosts.map(host => ({
        ...(host === '' ? {} : { host }),
        http: { paths: rules.filter(rule => rule.host === host).map(pathOf) },
      })),
      ...(secrets.length === 0
        ? {}
        : {
            tls: secrets.map(secret => ({
              hosts: rules.filter(({ tls }) => tls === secret).map(({ host }) => host),
              ...(secret === '' ? {} : { secretName: secret }),
            })),
          }),
    },
    status: { loadBalancer: {} },
  }
}
