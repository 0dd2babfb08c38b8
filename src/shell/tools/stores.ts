import type { Tool, Tools } from '../tool.ts'
import { change, destructive, read, unknown } from '../tool.ts'
import { judgeOpenssl } from './judge-openssl.ts'

const etcdValued =
  '--endpoints --cacert --cert --key --cert-file --key-file --ca-file --command-timeout --dial-timeout --keepalive-time --keepalive-timeout --user --password --discovery-srv --discovery-srv-name --max-request-bytes -w --write-out --endpoint --peers -C -u --username --timeout --total-timeout -o --output --rev --limit --order --sort-by --consistency --host --port --data-dir'
const etcdFlags =
  '--insecure-transport --insecure-skip-tls-verify --insecure-discovery --debug --hex --cluster --no-sync --prefix --from-key --keys-only --print-value-only --count-only'

const look = (because = 'looks at the store'): Tool => read(because)

const snapshots: Tool = read('handles snapshots', {
  subcommands: {
    status: look('looks at a snapshot'),
    save: change('writes a snapshot file'),
    restore: destructive('makes a data directory from a snapshot; what was written since is lost'),
  },
})

const etcd: Tool = read('talks to etcd', {
  valued: etcdValued,
  flags: etcdFlags,
  options: { '--dry-run': {} },
  bare: { effect: 'read', because: 'prints its help' },
  subcommands: {
    'version get ls cluster-health help hashkv': look(),
    endpoint: read('asks the members', { subcommands: { 'health status hashkv': look() } }),
    member: read('handles members', {
      subcommands: {
        list: look(),
        'add update promote': change('changes the members'),
        remove: destructive('removes a member'),
      },
    }),
    alarm: read('handles alarms', { subcommands: { list: look(), disarm: change('clears alarms') } }),
    'user role auth': read('handles users', {
      subcommands: { 'list get status': look(), '*': change('changes who may do what') },
    }),
    check: read('checks the store', {
      subcommands: {
        perf: change('loads the store for about a minute'),
        datascale: change('loads the store'),
      },
    }),
    lease: read('handles leases', {
      subcommands: { 'list timetolive': look(), '*': change('changes leases') },
    }),
    watch: read('watches keys', {
      follow: true,
      judge: ({ rest }) =>
        rest === undefined ? undefined : { effect: 'unknown', because: 'starts a command' },
    }),
    snapshot: snapshots,
    'compact compaction del rm rmdir': destructive('deletes keys or their history'),
    'put set mk mkdir setdir update updatedir txn defrag move-leader lock elect migrate make-mirror import backup downgrade':
      change('changes the store'),
    'exec-watch': unknown('starts a command'),
  },
})

/** etcd, certificates, version control, and the tools of a cluster's controller. */
export const stores: Tools = {
  etcdctl: etcd,
  etcdutl: read('works on etcd’s files', {
    valued: etcdValued,
    flags: etcdFlags,
    subcommands: {
      version: look(),
      snapshot: snapshots,
      hashkv: look(),
      'defrag backup migrate': change('rewrites etcd’s files'),
    },
  }),
  openssl: unknown('works with keys and certificates', {
    wordOptions: true,
    optionsFirst: true,
    judge: judgeOpenssl,
  }),
  'certtool cfssl-certinfo': unknown('works with certificates'),
  'ssh-keygen': change('makes keys', { options: { '-l -F': { effect: 'read', because: 'shows a key' } } }),
  'ssh-keyscan': read('asks for host keys'),
  git: unknown('works with a repository', {
    valued: '-C --git-dir --work-tree --namespace',
    flags: '--no-pager -P --bare',
    options: { '-c --config-env --exec-path': { effect: 'unknown', because: 'may load other code' } },
    subcommands: {
      'log diff show status blame shortlog describe rev-parse rev-list ls-files ls-tree ls-remote cat-file reflog version':
        read('looks at a repository', {
          options: {
            '-o --output --ext-diff --textconv': {
              effect: 'unknown',
              because: 'writes a file or starts a program',
            },
            '-O': {},
          },
        }),
      'clean reset': destructive('throws work away'),
      '*': change('changes a repository'),
    },
  }),
  gravity: change('changes the cluster', {
    anywhere: true,
    valued: '--state-dir --log-file --system-log-file -l',
    flags: '--debug --insecure -q --quiet',
    subcommands: {
      'status version report ls help check': read('shows the cluster', {
        options: { '--repair --force': { effect: 'change', because: 'repairs' } },
      }),
      plan: read('handles an operation’s plan', {
        options: { '--phase --force --resume': { effect: 'change', because: 'carries a phase out' } },
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
        judge: ({ operands }) =>
          operands.length === 0 ? { effect: 'unknown', because: 'no command to run' } : undefined,
      }),
      system: change('handles the node', {
        subcommands: {
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
}
