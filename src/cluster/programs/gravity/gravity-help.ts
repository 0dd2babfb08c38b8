import type { Reply } from '../../shell/program.ts'

/** The commands of gravity with the words behind them and what they do. */
const described = [
  ['install [<flags>]', 'Install cluster on this node'],
  ['join [<flags>] [<peer>]', 'Join the existing cluster or an on-going install operation'],
  ['autojoin [<flags>] <cluster-name>', 'Use cloud provider data to join a node to existing cluster'],
  ['leave [<flags>]', 'Decommission this node from the cluster'],
  ['remove [<flags>] <node>', 'Remove a node from the cluster'],
  ['status [<flags>]', 'Show the status of the cluster and the application running in it'],
  ['upgrade [<flags>] [<app-image>]', 'Start the upgrade operation for a cluster or application'],
  ['plan display [<flags>]', 'Display a plan for an ongoing operation'],
  ['plan execute [<flags>]', 'Execute specified operation phase'],
  ['plan rollback [<flags>]', 'Rollback specified operation phase'],
  ['plan resume [<flags>]', 'Resume last aborted operation'],
  ['plan complete [<flags>]', 'Mark operation as completed'],
  ['exec [<flags>] <command> [<args>...]', 'Run command inside a running container'],
  ['shell', 'Launch an interactive shell in the running container'],
  ['enter [<args>...]', 'Enter a running container'],
  ['planet enter [<args>...]', 'Enter running planet'],
  ['planet status [<check-id>]', 'Get status of a running planet'],
  ['backup [<flags>] <to>', 'Backup the application'],
  ['restore [<flags>] <from>', 'Restore the application from backup'],
  ['check [<flags>] [<manifest>]', 'Check host to match cluster image manifest requirements'],
  ['report [<flags>]', 'Get cluster diagnostics report'],
  ['gc [<flags>]', 'Prune cluster resources'],
  ['users invite [<flags>] <account>', 'Generate user invite link'],
  ['users reset [<flags>] <account>', 'Generate user reset link'],
  ['resource create [<flags>] [<filename>]', 'Create a configuration resource'],
  ['resource rm [<flags>] <kind> [<name>]', 'Remove a configuration resource'],
  ['resource get [<flags>] <kind> [<name>]', 'Get configuration resources'],
  ['app list [<flags>]', 'List installed application releases'],
  ['package list [<flags>] [<repo>]', 'List packages in local repository'],
  ['system service list [<flags>]', 'List system services'],
  ['system service status <package>', 'Display the status of the specified service'],
  ['system service journal <package>', 'Query the logs of a system service'],
  ['system uninstall [<flags>]', 'Remove gravity and all its data from the node'],
  ['version [<flags>]', 'Print gravity version'],
] as const

const flags = [
  ['--help', 'Show context-sensitive help (also try --help-long and --help-man).'],
  ['--debug', 'Enable debug mode'],
  ['-q, --quiet', 'Suppress any extra output to stdout'],
  ['--insecure', 'Skip TLS verification when making HTTP requests'],
  ['--state-dir=STATE-DIR', 'Directory for local state'],
] as const

const FLAG_WIDTH = 24

type Described = (typeof described)[number]

const bareOf = ([words]: Described): string => words.replace(/ [<[].*/, '')

const flagRows = [
  'Flags:',
  ...flags.map(
    ([flag, text]) => `  ${flag.startsWith('-q') ? flag : `    ${flag}`}`.padEnd(FLAG_WIDTH + 6) + text,
  ),
  '',
]

const commandRows = (commands: readonly Described[]): readonly string[] =>
  commands.flatMap(([words, text]) => [`  ${words}`, `    ${text}`, ''])

/** The help of what `words` name: a command, those that begin so, or the whole program. */
export const gravityHelp = (words: readonly string[]): string => {
  const named = words.join(' ')
  const command = described.find(one => bareOf(one) === named)
  if (command !== undefined)
    return [`usage: gravity ${command[0]}`, '', command[1], '', ...flagRows, ''].join('\n')
  const within = described.filter(one => bareOf(one).startsWith(`${named} `))
  if (within.length > 0)
    return [
      `usage: gravity ${named} <command> [<args> ...]`,
      '',
      ...flagRows,
      'Subcommands:',
      ...commandRows(within),
      '',
    ].join('\n')
  return [
    'usage: gravity [<flags>] <command> [<args> ...]',
    '',
    'Cluster management tool',
    '',
    ...flagRows,
    'Commands:',
    ...commandRows(described),
    '',
  ].join('\n')
}

const unfinished: ReadonlySet<string> = new Set(described.map(([words]) => words.split(' ')[0] ?? ''))

/** What gravity says of words that it cannot run: of a command that it has, that something is missing behind it. */
export const unknownCommand = (words: readonly string[]): Reply => {
  const [first = ''] = words
  const needed = /<([\w-]+)>/.exec(
    described
      .find(([known]) => known.startsWith(`${first} `) && !/^[\w-]+ \w/.test(known))?.[0]
      ?.replace(/\[[^\]]*\]/g, '') ?? '',
  )?.[1]
  const isGroup = described.some(([known]) => new RegExp(`^${first} [a-z]`).test(known))
  if (isGroup && words.length === 1)
    return { stderr: `gravity: error: must select a subcommand of '${first}', try --help\n`, exit: 255 }
  if (unfinished.has(first) && needed !== undefined && words.length === 1)
    return { stderr: `gravity: error: required argument '${needed}' not provided, try --help\n`, exit: 255 }
  return { stderr: `gravity: error: expected command but got "${words.join(' ')}", try --help\n`, exit: 255 }
}
