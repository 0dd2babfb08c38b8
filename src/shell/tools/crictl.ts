import { change, changes, destructive, read, type Tool } from '../tool.ts'
import { logs, look, runsInside } from './container-parts.ts'

const terminal = { interactive: true } as const
const follows = { follow: true } as const

/** The debugging tool of the kubelet's runtime interface. */
export const crictl: Tool = read('talks to the container runtime', {
  valued: '-c --config -i --image-endpoint -r --runtime-endpoint -t --timeout',
  flags: '-D --debug -h --help -v --version --enable-tracing',
  bare: { effect: 'read', because: 'prints its help' },
  subcommands: {
    'ps pods images image img inspect inspecti inspectp info version imagefsinfo statsp metricsp metricdescs runtime-config completion help':
      look({ options: { '-w --watch': follows } }),
    stats: look({ options: { '-w --watch': follows } }),
    logs: {
      ...logs,
      plainOperands: true,
      options: { ...logs.options, '-r --reopen': changes('opens the log files anew') },
    },
    events: look(follows),
    exec: runsInside('-e --env -r --timeout'),
    pull: change('pulls an image'),
    'create start run runp update update-runtime-config checkpoint config stop stopp':
      change('changes containers'),
    'rm rmp rmi': destructive('deletes containers, their logs, or images'),
    'attach port-forward': change('joins a container', terminal),
  },
})

/** containerd's own tool. */
export const ctr: Tool = read('talks to containerd', {
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
