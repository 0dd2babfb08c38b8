type Subcommand = {
  readonly says: string
  readonly verbs?: readonly (readonly [verb: string, says: string])[]
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  server: { says: 'Run management server' },
  agent: { says: 'Run node agent' },
  'check-config': { says: 'Run config check' },
  token: {
    says: 'Manage bootstrap tokens',
    verbs: [
      ['create', 'Create bootstrap tokens on the server'],
      ['delete', 'Delete bootstrap tokens on the server'],
      ['generate', 'Generate and print a bootstrap token, but do not create it on the server'],
      ['list, ls', 'List bootstrap tokens on the server'],
      ['rotate', 'Rotate original server token with a new bootstrap token'],
    ],
  },
  'etcd-snapshot': {
    says: 'Manage etcd snapshots',
    verbs: [
      ['delete', 'Delete given snapshot(s)'],
      ['ls, list, l', 'List snapshots'],
      ['prune', 'Remove snapshots that match the name prefix that exceed the configured retention count'],
      ['save', 'Trigger an immediate etcd snapshot'],
    ],
  },
  'secrets-encrypt': {
    says: 'Control secrets encryption and keys rotation',
    verbs: [
      ['status', 'Print current status of secrets encryption'],
      ['enable', 'Enable secrets encryption'],
      ['disable', 'Disable secrets encryption'],
      ['prepare', 'Prepare for encryption keys rotation'],
      ['rotate', 'Rotate secrets encryption keys'],
      ['reencrypt', 'Reencrypt all data with new encryption key'],
      ['rotate-keys', '(experimental) Dynamically rotates secrets encryption keys and re-encrypt secrets'],
    ],
  },
  certificate: {
    says: 'Manage K3s certificates',
    verbs: [
      ['rotate', 'Certificate rotation'],
      ['rotate-ca', 'Write updated CA certificates to the datastore'],
    ],
  },
}

const OPTIONS = 'OPTIONS:\n   --help, -h  show help\n'

/** What k3s tells of a subcommand, or of one of its verbs; `undefined` for what has no help of its own. */
export const subcommandHelp = (name: string, verb: string | undefined): string | undefined => {
  const found = subcommands[name]
  if (found === undefined) return undefined
  const { verbs = [], says } = found
  const own = verbs.find(([words]) => words.split(', ').includes(verb ?? ''))
  if (own !== undefined)
    return `NAME:\n   k3s ${name} ${own[0].split(',')[0]} - ${own[1]}\n\nUSAGE:\n   k3s ${name} ${own[0].split(',')[0]} [command options] [arguments...]\n\n${OPTIONS}`
  if (verbs.length === 0)
    return `NAME:\n   k3s ${name} - ${says}\n\nUSAGE:\n   k3s ${name} [OPTIONS]\n\n${OPTIONS}`
  const width = Math.max(...verbs.map(([words]) => words.length))
  const list = verbs.map(([words, text]) => `   ${words.padEnd(width)}  ${text}\n`).join('')
  return `NAME:\n   k3s ${name} - ${says}\n\nUSAGE:\n   k3s ${name} command [command options] [arguments...]\n\nCOMMANDS:\n${list}\n${OPTIONS}`
}
