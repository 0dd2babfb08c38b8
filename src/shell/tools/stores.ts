import { change, destructive, doubts, read, type Tool, type Tools, unknown } from '../tool.ts'
import { git } from './git.ts'
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
      options: { '-i --interactive': doubts('takes commands') },
      judge: ({ rest }) => (rest === undefined ? undefined : doubts('starts a command')),
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
  'ssh-keygen': change('makes keys', {
    valued: '-f -E',
    flags: '-v',
    options: { '-l -F': { effect: 'read', because: 'shows a key' } },
  }),
  'ssh-keyscan': read('asks for host keys'),
  git,
}
