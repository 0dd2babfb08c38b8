import type { Call, Impact, Started, Tool } from '../tool.ts'
import { change, destructive, read, type Tools } from '../tool.ts'

const watches = { follow: true } as const
const terminal = { interactive: true } as const
const dryRun = { effect: 'read', because: 'only shows what it would do' } as const

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
  startedByExec(call).length === 0 ? { effect: 'unknown', because: 'no command to run' } : undefined

/** Pods come back by themselves; everything else is gone. */
const judgeDelete = ({ operands }: Call): Impact | undefined => {
  const kinds = (operands[0]?.text ?? '').split(',').map(word => word.split('/')[0] ?? '')
  return kinds.every(kind => /^(?:po|pod|pods)$/.test(kind)) && operands.length > 0
    ? undefined
    : { effect: 'destructive', because: 'deletes objects of the cluster' }
}

const dryRuns = {
  '--dry-run=client --dry-run=server': dryRun,
  '--dry-run': { effect: 'change', because: 'the dry run is switched off, or may be' },
} as const
const writesFiles = { effect: 'change', because: 'writes files' } as const

const kubectl: Tool = read('talks to the cluster', {
  valued: globalValued,
  flags: globalFlags,
  options: { '--profile': { effect: 'change', because: 'writes a profile' } },
  bare: { effect: 'read', because: 'prints its help' },
  subcommands: {
    'get describe top explain version api-resources api-versions options help completion events diff wait':
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
          '--prune --force': { effect: 'destructive', because: 'may delete objects' },
          '--edit': terminal,
        },
      },
    ),
    replace: change('replaces objects of the cluster', {
      valued: selects,
      options: { ...dryRuns, '--force': { effect: 'destructive', because: 'deletes and creates again' } },
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
        '--force': { effect: 'destructive', because: 'deletes pods that nothing brings back' },
      },
    }),
    delete: change('deletes pods, which their owner makes anew', {
      valued:
        '-l --selector -f --filename -k --kustomize --field-selector --grace-period --timeout --cascade -o --output --raw',
      options: {
        ...dryRuns,
        '--force --all': { effect: 'destructive', because: 'deletes much, or without waiting' },
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

const distributionReads = /^(?:kubectl|crictl|ctr|check-config|status|version|--version|inspect)$/

/** Kubernetes and its installers. */
export const kubernetes: Tools = {
  'kubectl kctl oc': kubectl,
  kubeadm: change('sets up the cluster', {
    valued: '--kubeconfig --config --rootfs -v --v --cert-dir',
    flags: '--help',
    subcommands: {
      certs: change('handles certificates', {
        subcommands: {
          'check-expiration certificate-key': read('shows when certificates end', {
            valued: '--config --cert-dir',
          }),
          'renew generate-csr': change('makes new certificates'),
        },
      }),
      alpha: change('handles certificates', {
        subcommands: {
          certs: change('handles certificates', {
            subcommands: {
              'check-expiration': read('shows when certificates end'),
              renew: change('makes new certificates'),
            },
          }),
        },
      }),
      version: read('shows the version'),
      config: change('handles its configuration', {
        subcommands: {
          images: change('handles images', {
            subcommands: { list: read('lists images'), pull: change('pulls images') },
          }),
          'print view validate': read('prints its configuration'),
          migrate: change('writes its configuration'),
        },
      }),
      token: change('handles join tokens', {
        subcommands: {
          list: read('lists join tokens'),
          'create generate': change('makes a join token'),
          delete: change('deletes a join token'),
        },
      }),
      upgrade: change('upgrades the cluster', {
        subcommands: {
          'plan diff': read('shows what an upgrade would do'),
          'apply node': change('upgrades the cluster'),
        },
      }),
      'init join kubeconfig': change('sets up the cluster'),
      reset: destructive('takes the node out of its cluster'),
    },
  }),
  helm: change('changes releases', {
    valued:
      '-n --namespace --kube-context --kubeconfig --kube-apiserver --kube-token --kube-ca-file --registry-config --repository-cache --repository-config -o --output',
    flags: '--debug --kube-insecure-skip-tls-verify -A --all-namespaces -a --all',
    subcommands: {
      'list ls status history hist version env search verify': read('shows releases'),
      'lint template': read('shows what a chart gives', {
        options: {
          '--output-dir --post-renderer': { effect: 'unknown', because: 'writes files or starts a program' },
        },
      }),
      'get show inspect': read('shows releases'),
      repo: change('handles repositories', {
        subcommands: {
          'list ls': read('lists repositories'),
          'add remove rm update up index': change('changes repositories'),
        },
      }),
      plugin: change('handles plugins', {
        subcommands: { 'list ls': read('lists plugins'), '*': change('changes plugins') },
      }),
      dependency: change('handles dependencies', {
        subcommands: { 'list ls': read('lists dependencies'), '*': change('changes dependencies') },
      }),
      'uninstall delete del un': destructive('removes a release'),
      'install upgrade rollback test push pull package create registry': change('changes releases', {
        options: { '--dry-run': {} },
      }),
    },
  }),
  'k3s rke2 k0s microk8s': change('runs a part of the distribution', {
    optionsFirst: true,
    judge: ({ operands }) =>
      distributionReads.test(operands[0]?.text ?? '')
        ? { effect: 'read', because: 'runs a part of the distribution' }
        : undefined,
    starts: ({ operands }) =>
      /^(?:kubectl|crictl|ctr)$/.test(operands[0]?.text ?? '') ? [{ kind: 'words', words: operands }] : [],
  }),
}
