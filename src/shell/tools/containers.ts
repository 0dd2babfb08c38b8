import type { Call, Started, Tool } from '../tool.ts'
import { change, destructive, read, type Tools, unknown } from '../tool.ts'

const terminal = { interactive: true } as const
const follows = { follow: true } as const

/** The command behind a container's name. */
const startedIn = ({ operands }: Call): readonly Started[] => {
  const words = operands.slice(1)
  return words.length > 0 ? [{ kind: 'words', words }] : []
}

const runsInside = (valued: string): Tool =>
  read('runs a command in a container', {
    optionsFirst: true,
    plainOperands: true,
    valued,
    options: {
      '-i --interactive -t --tty': terminal,
      '-d --detach': { effect: 'unknown', because: 'leaves it running' },
    },
    judge: call =>
      startedIn(call).length === 0 ? { effect: 'unknown', because: 'no command to run' } : undefined,
    starts: startedIn,
  })

const look = (more: Partial<Tool> = {}): Tool =>
  read('looks at containers', {
    valued:
      '-n --tail --since --until -o --output -f --filter --format --name --label --state --pod --image -s --id --last --namespace',
    ...more,
  })

const logs = look({
  valued: '-n --tail --since --until --limit-bytes',
  options: { '-f --follow': follows },
})

const crictl: Tool = read('talks to the container runtime', {
  valued: '-c --config -i --image-endpoint -r --runtime-endpoint -t --timeout',
  flags: '-D --debug -h --help -v --version --enable-tracing',
  bare: { effect: 'read', because: 'prints its help' },
  subcommands: {
    'ps pods images image img inspect inspecti inspectp info version imagefsinfo statsp metricsp metricdescs runtime-config completion help':
      look({ options: { '-w --watch': follows } }),
    stats: look({ options: { '-w --watch': follows } }),
    logs,
    events: look(follows),
    exec: runsInside('-e --env -r --timeout'),
    pull: change('pulls an image'),
    'create start run runp update update-runtime-config checkpoint config stop stopp':
      change('changes containers'),
    'rm rmp rmi': destructive('deletes containers, their logs, or images'),
    'attach port-forward': change('joins a container', terminal),
  },
})

const ctr: Tool = read('talks to containerd', {
  valued: '-a --address -n --namespace --timeout --connect-timeout',
  flags: '--debug --help -h --version -v',
  bare: { effect: 'read', because: 'prints its help' },
  subcommands: {
    'version info': look(),
    'containers c container': look({
      subcommands: {
        'list ls info label-ls': look(),
        'delete del remove rm': destructive('deletes containers'),
        '*': change('changes containers'),
      },
    }),
    'images i image': look({
      subcommands: {
        'list ls check inspect usage': look(),
        'delete del remove rm prune': destructive('deletes images'),
        '*': change('changes images'),
      },
    }),
    'tasks t task': look({
      subcommands: {
        'list ls ps metrics metric': look(),
        exec: runsInside('--exec-id --cwd --user -u --log-uri --fifo-dir'),
        'delete rm remove kill': destructive('ends tasks'),
        '*': change('changes tasks'),
      },
    }),
    'namespaces ns namespace': look({
      subcommands: {
        'list ls': look(),
        'remove rm': destructive('deletes a namespace'),
        '*': change('changes namespaces'),
      },
    }),
    'plugins plugin': look({ subcommands: { 'list ls inspect-runtime': look() } }),
    'snapshots snapshot': look({
      subcommands: {
        'list ls info tree usage': look(),
        'delete del remove rm': destructive('deletes snapshots'),
        '*': change('changes snapshots'),
      },
      valued: '--snapshotter',
    }),
    content: look({
      subcommands: {
        'list ls get': look(),
        'delete del remove rm prune': destructive('deletes content'),
        '*': change('changes content'),
      },
    }),
    leases: look({ subcommands: { 'list ls': look(), '*': change('changes leases') } }),
    'events event': look(follows),
    run: change('starts a container', { options: { '-t --tty': terminal } }),
  },
})

const objectReads = 'ls list inspect ps history df info events top port logs stats'

/** A family of docker's management commands, such as `docker image`. */
const family = (thing: string): Tool =>
  look({
    subcommands: {
      [objectReads]: look({ options: { '-f --follow': {} } }),
      'rm remove prune kill': destructive(`deletes ${thing}`),
      exec: runsInside(execValued),
      '*': change(`changes ${thing}`, { options: { '-i --interactive -t --tty': terminal } }),
    },
  })

const execValued = '-e --env --env-file -u --user -w --workdir --detach-keys'

const docker: Tool = read('talks to the container engine', {
  valued:
    '--config -c --context -H --host -l --log-level --tlscacert --tlscert --tlskey -n --namespace -a --address --url --connection',
  flags: '-D --debug --tls --tlsverify -v --version -r --remote',
  bare: { effect: 'read', because: 'prints its help' },
  subcommands: {
    'ps images inspect info version history port diff search top events pod': look(),
    logs,
    stats: look({ follow: true, options: { '--no-stream': { follow: false } } }),
    exec: runsInside(execValued),
    'run create start restart stop pause unpause update rename commit tag pull push load import login logout build save export cp wait swarm service stack node secret config plugin trust buildx manifest checkpoint':
      change('changes containers or images', { options: { '-i --interactive -t --tty': terminal } }),
    attach: change('joins a running container', terminal),
    'rm rmi kill': destructive('deletes containers or images'),
    container: family('containers'),
    'image builder': family('images'),
    volume: family('volumes'),
    network: family('networks'),
    context: family('contexts'),
    system: look({
      subcommands: {
        'df info': look(),
        events: look(follows),
        prune: destructive('deletes everything unused'),
        dial: unknown('opens the engine’s socket'),
      },
    }),
    compose: look({
      valued: '-f --file -p --project-name --profile --env-file --project-directory',
      subcommands: {
        'ps config images top version ls events port': look(),
        logs,
        exec: runsInside(execValued),
        'down rm kill': destructive('deletes containers'),
        '*': change('changes containers'),
      },
    }),
  },
})

/** Container runtimes and engines. */
export const containers: Tools = {
  crictl,
  ctr,
  'docker podman nerdctl': docker,
  'docker-compose': unknown('works on containers'),
  'runc crun': change('works on containers', {
    valued: '--root --log --log-format',
    flags: '--debug --systemd-cgroup',
    subcommands: {
      'list state ps features spec-version': look(),
      events: look(follows),
      exec: runsInside('-e --env -u --user --cwd'),
      'delete kill': destructive('ends containers'),
      '*': change('changes containers'),
    },
  }),
  'calicoctl calico-ctl': read('talks to Calico', {
    valued: '-c --config -o --output -n --namespace',
    flags: '--allow-version-mismatch -a --all-namespaces',
    subcommands: {
      'get version': look(),
      node: look({ subcommands: { 'status checksystem': look(), '*': change('changes a Calico node') } }),
      ipam: look({ subcommands: { 'show check': look(), '*': change('changes addresses') } }),
      delete: destructive('deletes Calico objects'),
      '*': change('changes Calico objects'),
    },
  }),
  'cilium cilium-dbg hubble': read('talks to Cilium', {
    subcommands: {
      'status version': look(),
      'list endpoint service bpf node': look({
        subcommands: { 'list get health': look(), '*': unknown('not known to read') },
      }),
      observe: look({ options: { '-f --follow': follows } }),
      monitor: look(follows),
      '*': unknown('not known to read'),
    },
  }),
}
