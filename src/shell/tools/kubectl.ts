import {
  type Call,
  change,
  changes,
  destroys,
  doubts,
  type Impact,
  read,
  type Started,
  type Tool,
} from '../tool.ts'

const watches = { follow: true } as const
const terminal = { interactive: true } as const
const dryRun = { effect: 'read', because: 'only shows what it would do', always: true } as const

const globalValued =
  '-n --namespace -s --server --as --as-group --as-uid --as-user-extra --cache-dir --certificate-authority --client-certificate --client-key --cluster --context --kubeconfig --password --profile --profile-output --request-timeout --tls-server-name --token --user --username -v --v --vmodule --log-flush-frequency --kuberc'
const globalFlags =
  '--disable-compression --insecure-skip-tls-verify --match-server-version --warnings-as-errors --version'
const selects =
  '-l --selector -o --output --field-selector --sort-by -L --label-columns -c --container --tail --since --since-time --limit-bytes --for --types --raw --template -f --filename -k --kustomize --timeout --chunk-size --api-group --verbs --for --subresource --max-log-requests --pod-running-timeout --tail-lines --list --output-version --api-version --revision'

const look = (more: Partial<Tool> = {}): Tool =>
  read('shows objects of the cluster', {
    plainOperands: true,
    ...more,
    valued: selects,
    options: { '-w --watch --watch-only': watches, ...more.options },
  })

const startedByExec = ({ operands }: Call): readonly Started[] => {
  const words = operands.slice(1)
  return words.length > 0 ? [{ kind: 'words', words }] : []
}

const judgeExec = (call: Call): Impact | undefined =>
  startedByExec(call).length === 0 ? doubts('no command to run') : undefined

/** Pods come back by themselves; everything else is gone. */
const judgeDelete = ({ operands }: Call): Impact | undefined => {
  const kinds = (operands[0]?.text ?? '').split(',').map(word => word.split('/')[0] ?? '')
  return kinds.every(kind => /^(?:po|pod|pods)$/.test(kind)) && operands.length > 0
    ? undefined
    : destroys('deletes objects of the cluster')
}

const dryRuns = {
  '--dry-run=client --dry-run=server': dryRun,
  '--dry-run': changes('the dry run is switched off, or may be'),
} as const
const writesFiles = changes('writes files')

/** kubectl with all its verbs. */
export const kubectl: Tool = read('talks to the cluster', {
  valued: globalValued,
  flags: globalFlags,
  options: { '--profile': changes('writes a profile') },
  bare: { effect: 'read', because: 'prints its help' },
  subcommands: {
    get: look({ options: { '-X --request': doubts('is not an option of get') } }),
    'describe top explain version api-resources api-versions options help completion events diff wait':
      look(),
    logs: look({ valued: selects, options: { '-f --follow': watches } }),
    log: look({ options: { '-f --follow': watches } }),
    'cluster-info': look({
      options: { '--output-directory': writesFiles },
      subcommands: { dump: look({ options: { '--output-directory': writesFiles } }) },
      bare: { effect: 'read', because: 'shows the addresses of the cluster' },
    }),
    auth: look({
      subcommands: { 'can-i whoami': look(), reconcile: change('changes permissions', { options: dryRuns }) },
    }),
    config: look({
      subcommands: {
        'view get-contexts get-clusters get-users current-context': look(),
        'set set-context set-cluster set-credentials use-context use rename-context unset':
          change('changes the kubeconfig'),
        'delete-context delete-cluster delete-user': change('changes the kubeconfig'),
      },
    }),
    rollout: look({
      subcommands: {
        'status history': look(),
        'restart undo pause resume': change('changes how an application is rolled out', { options: dryRuns }),
      },
    }),
    certificate: look({ subcommands: { 'approve deny': change('decides about a certificate request') } }),
    plugin: look({ subcommands: { list: look() } }),
    kustomize: look({
      options: {
        '-o --output': writesFiles,
        '--enable-alpha-plugins --enable-exec --enable-helm --helm-command --network': {
          effect: 'unknown',
          because: 'starts plugins',
        },
      },
    }),
    exec: read('runs a command in a pod', {
      onlyListed: true,
      flags: '-q --quiet',
      valued: '-c --container -f --filename --pod-running-timeout',
      options: { '-i --stdin -t --tty': terminal },
      judge: judgeExec,
      starts: startedByExec,
      plainOperands: true,
    }),
    'apply create patch label annotate scale autoscale set expose taint cordon uncordon': change(
      'changes objects of the cluster',
      {
        valued: selects,
        options: {
          ...dryRuns,
          '--prune --force': destroys('may delete objects'),
          '--edit': terminal,
        },
      },
    ),
    replace: change('replaces objects of the cluster', {
      valued: selects,
      options: { ...dryRuns, '--force': destroys('deletes and creates again') },
    }),
    edit: change('edits an object in an editor', terminal),
    drain: change('moves all pods off a node', {
      valued:
        '--grace-period -l --selector --pod-selector --timeout --skip-wait-for-delete-timeout --chunk-size',
      options: {
        ...dryRuns,
        '--delete-emptydir-data --delete-local-data': {
          effect: 'destructive',
          because: 'deletes the emptyDir data of the pods',
        },
        '--force': destroys('deletes pods that nothing brings back'),
      },
    }),
    delete: change('deletes pods, which their owner makes anew', {
      valued:
        '-l --selector -f --filename -k --kustomize --field-selector --grace-period --timeout --cascade -o --output --raw',
      options: {
        ...dryRuns,
        '--force --all': destroys('deletes much, or without waiting'),
        '-f --filename -k --kustomize --raw': {
          effect: 'destructive',
          because: 'deletes objects of the cluster',
        },
      },
      judge: judgeDelete,
    }),
    run: change('starts a pod', {
      valued: '--image --restart',
      options: { '-i --stdin -t --tty --attach': terminal, ...dryRuns },
    }),
    debug: change('adds a container or a pod to look with', {
      options: { '-i --stdin -t --tty --attach': terminal },
    }),
    attach: change('joins a running container', {
      options: { '-i --stdin -t --tty': terminal },
      follow: true,
    }),
    cp: change('copies files in or out of a pod'),
    'port-forward proxy': change('opens a port to the cluster', { follow: true }),
  },
})
