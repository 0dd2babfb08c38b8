import {
  type Call,
  change,
  changes,
  destructive,
  doubts,
  read,
  type Started,
  type Tools,
  unknown,
} from '../tool.ts'
import { judgeSaltFunction } from './judge-wrappers.ts'

/** The program behind `gravity planet enter -- --notty PROGRAM -- WORDS`; its own words may stand behind a second `--`. */
const startedInPlanet = ({ rest }: Call): readonly Started[] => {
  const [program, ...words] = rest?.[0]?.text === '--notty' ? rest.slice(1) : []
  if (program === undefined) return []
  return [{ kind: 'words', words: [program, ...(words[0]?.text === '--' ? words.slice(1) : words)] }]
}

/** Tools of what manages clusters: Gravity, Rafay, Salt. */
export const controllers: Tools = {
  gravity: change('changes the cluster', {
    anywhere: true,
    valued: '--state-dir --log-file --system-log-file -l',
    flags: '--debug --insecure -q --quiet',
    subcommands: {
      'version ls help check': read('shows the cluster', {
        options: { '--repair --force --autofix': changes('repairs') },
      }),
      status: read('shows the cluster', {
        options: { '--repair --force': changes('repairs') },
        subcommands: { 'cluster history': read('shows the cluster'), '*': change('changes the status') },
        bare: { effect: 'read', because: 'shows the cluster' },
        valued: '-o --output --tail --seconds --operation-id',
        flags: '--token --follow',
      }),
      report: read('gathers logs', { options: { '--file': changes('writes an archive') } }),
      plan: read('handles an operation’s plan', {
        options: { '--phase --force --resume': changes('carries a phase out') },
        bare: { effect: 'read', because: 'shows the plan' },
        valued: '--operation-id -o --output',
        subcommands: {
          display: read('shows the plan', { valued: '-o --output' }),
          'execute rollback resume complete set': change('carries the plan on or back'),
        },
      }),
      shell: unknown('a shell inside Planet', { interactive: true }),
      enter: unknown('a shell inside Planet', { interactive: true }),
      exec: read('runs a command inside Planet', {
        optionsFirst: true,
        options: { '-i --interactive -t --tty': { interactive: true } },
        plainOperands: true,
        starts: ({ operands }) => (operands.length > 0 ? [{ kind: 'words', words: operands }] : []),
        judge: ({ operands }) => (operands.length === 0 ? doubts('no command to run') : undefined),
      }),
      planet: change('works inside Planet', {
        subcommands: {
          status: read('shows Planet’s checks'),
          enter: read('runs a command inside Planet', {
            plainOperands: true,
            judge: call =>
              startedInPlanet(call).length === 0
                ? { ...doubts('a shell inside Planet'), interactive: true }
                : undefined,
            starts: startedInPlanet,
          }),
          '*': change('changes Planet'),
        },
      }),
      system: change('handles the node', {
        subcommands: {
          service: change('handles a service of the node', {
            subcommands: {
              'list status': read('shows services of the node', { plainOperands: true }),
              '*': change('changes a service of the node'),
            },
          }),
          uninstall: destructive('wipes Kubernetes and Gravity off the node'),
          '*': change('changes the node'),
        },
      }),
      'remove leave': destructive('takes a node out of the cluster'),
      resource: change('handles resources', {
        subcommands: {
          'get ls': read('shows resources'),
          rm: destructive('deletes a resource'),
          '*': change('changes resources'),
        },
      }),
      'app package': change('handles packages', {
        subcommands: {
          'list ls search': read('lists packages'),
          'delete rm uninstall': destructive('deletes packages'),
          '*': change('changes packages'),
        },
      }),
      'backup restore install join upgrade rollback resume autojoin wizard update gc license user users create rpcagent site':
        change('changes the cluster'),
    },
  }),
  planet: change('works inside Planet', {
    subcommands: {
      status: read('shows Planet’s checks'),
      etcd: unknown('works on etcd'),
      '*': change('changes Planet'),
    },
    flags: '--debug',
  }),
  rctl: change('changes the controller’s objects', {
    valued: '-c --config -p --project -o --output',
    flags: '--debug -d -v --verbose --wait',
    subcommands: {
      'get version status help show': read('shows the controller’s objects', {
        valued: '-p --project -o --output',
      }),
      config: change('handles its configuration', {
        subcommands: { show: read('shows its configuration'), '*': change('changes its configuration') },
      }),
      delete: destructive('deletes the controller’s objects'),
      '*': change('changes the controller’s objects'),
    },
  }),
  salt: unknown('runs something on the minions', {
    onlyListed: true,
    flags:
      '-E --pcre -L --list -G --grain -C --compound -N --nodegroup -v --verbose --show-timeout --no-color --static --async',
    judge: ({ operands }) => judgeSaltFunction(operands[1]),
    valued: '-t --timeout -b --batch-size -c --config-dir --out --output -l --log-level',
  }),
  'salt-call salt-run': unknown('runs a Salt function', {
    onlyListed: true,
    flags: '--local --no-color',
    judge: ({ operands }) => judgeSaltFunction(operands[0]),
    valued: '-c --config-dir --out --output -l --log-level',
  }),
  'salt-minion salt-master salt-api chisel': change('runs an agent', {
    judge: ({ words }) =>
      words.length === 1 && /^(?:--version|-V|--versions-report)$/.test(words[0]?.text ?? '')
        ? { effect: 'read', because: 'prints its version' }
        : undefined,
  }),
  'salt-key': change('handles minion keys', {
    flags: '--no-color',
    options: {
      '-L --list-all -l --list -p --print -f --finger -F': { effect: 'read', because: 'lists keys' },
      '-d --delete -D --delete-all -a --accept -A -r -R': {
        effect: 'change',
        because: 'changes which minions are trusted',
      },
    },
  }),
}
