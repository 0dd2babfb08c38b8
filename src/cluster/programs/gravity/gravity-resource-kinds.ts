import type { KubeValue } from '../../world/kube-object.ts'
import type { GravityResource } from '../../world/platforms.ts'

type Cell = (spec: KubeValue, resource: GravityResource) => string

type Kind = {
  readonly columns: Readonly<Record<string, Cell>>
  readonly created: (name: string, spec: KubeValue) => string
  readonly removed: (name: string) => string
}

/** A value of a resource as text; empty where there is none. */
export const textOf = (value: KubeValue): string =>
  value === undefined || value === null ? '' : String(value)

/** The kinds of resources that a cluster keeps, with what is told of them, see collection.go and gravity.go of lib/ops/resources. */
export const resourceKinds: Readonly<Record<string, Kind>> = {
  github: {
    columns: {
      Name: (_, { name }) => name,
      'Client ID': spec => textOf(spec?.client_id),
      Mapping: spec =>
        (spec?.teams_to_logins ?? [])
          .map(
            (team: KubeValue) => `@${team?.organization}/${team?.team} -> ${(team?.logins ?? []).join(',')}`,
          )
          .join('\n'),
    },
    created: name => `Created Github connector "${name}"`,
    removed: name => `Github connector "${name}" has been deleted`,
  },
  user: {
    columns: {
      Name: (_, { name }) => name,
      Type: spec => textOf(spec?.type),
      Roles: spec => `[${(spec?.roles ?? []).join(' ')}]`,
    },
    created: name => `Created user "${name}"`,
    removed: name => `User "${name}" has been deleted`,
  },
  token: {
    columns: { Token: (_, { name }) => name, User: spec => textOf(spec?.user), Expires: () => 'never' },
    created: (_, spec) => `Created token for user "${textOf(spec?.user)}"`,
    removed: name => `Token "${name}" has been deleted`,
  },
  logforwarder: {
    columns: {
      Name: (_, { name }) => name,
      Address: spec => textOf(spec?.address),
      Protocol: spec => textOf(spec?.protocol ?? 'tcp'),
    },
    created: name => `Created log forwarder "${name}"`,
    removed: name => `Log forwarder "${name}" has been deleted`,
  },
  smtp: {
    columns: {
      Host: spec => textOf(spec?.host),
      Port: spec => textOf(spec?.port),
      Username: spec => textOf(spec?.username),
    },
    created: () => 'Updated cluster SMTP configuration',
    removed: () => 'SMTP configuration has been deleted',
  },
  alert: {
    columns: {
      Name: (_, { name }) => name,
      Group: spec => textOf(spec?.group_name ?? '-'),
      Formula: spec => textOf(spec?.formula),
      Delay: spec => textOf(spec?.delay ?? '-'),
      Labels: () => '-',
    },
    created: name => `Updated monitoring alert "${name}"`,
    removed: name => `Alert "${name}" has been deleted`,
  },
  alerttarget: {
    columns: { Email: spec => textOf(spec?.email) },
    created: name => `Updated monitoring alert target "${name}"`,
    removed: () => 'Alert target has been deleted',
  },
}

const aliases: Readonly<Record<string, string>> = {
  users: 'user',
  tokens: 'token',
  logforwarders: 'logforwarder',
  alerts: 'alert',
  alerttargets: 'alerttarget',
  smtps: 'smtp',
  operations: 'operation',
  authgateways: 'authgateway',
  gateway: 'authgateway',
  env: 'runtimeenvironment',
  environment: 'runtimeenvironment',
}

/** The name of a kind, which may be given in the plural or by a shorter word. */
export const canonicalKind = (kind: string): string => aliases[kind.toLowerCase()] ?? kind.toLowerCase()

/** The kinds that gravity names where it knows one not. */
export const SUPPORTED_KINDS =
  '[alert alerttarget authgateway cluster_auth_preference clusterconfiguration github logforwarder operation persistentstorage runtimeenvironment smtp tlskeypair token user]'
