import { changes, doubts, type Tools } from '../tool.ts'
import { looks } from './looks.ts'

const follows = { follow: true } as const
const writesFile = changes('writes a file')

/** Tools that look at what runs on a cluster: backups, meshes, deployments, images. */
export const platforms: Tools = {
  velero: looks(
    'shows backups',
    [
      'get',
      'version|help',
      'backup|restore|schedule get|describe|logs',
      'backup-location|snapshot-location|repo|plugin get',
    ],
    {
      valued: '-n --namespace --kubeconfig --kubecontext -o --output -l --selector',
      flags: '--details --colorized',
    },
  ),
  istioctl: looks(
    'looks at the mesh',
    [
      'proxy-status|ps|version|help|analyze|validate',
      'proxy-config|pc cluster|clusters|c|listener|listeners|l|route|routes|r|endpoint|endpoints|ep|bootstrap|b|secret|secrets|s|all|a|ecds',
      'authn tls-check',
      'x|experimental|experiment describe|precheck|check-inject|injector|version|proxy-status|ps|metrics',
      'x describe|des pod|svc|service',
      'tag list',
      'profile list|dump|diff',
    ],
    {
      valued: '-n --namespace -i --istioNamespace -c --kubeconfig --context -o --output --revision -r',
      flags: '-A --all-namespaces --vklog',
    },
  ),
  linkerd: looks(
    'looks at the mesh',
    [
      'check|version|help|stat|edges|routes|endpoints|identity|diagnostics|metrics',
      'viz stat|edges|routes|top|list|check|stat-inbound|stat-outbound',
    ],
    {
      valued: '-n --namespace -L --linkerd-namespace --kubeconfig --context -o --output',
      flags: '-A --all-namespaces --verbose',
    },
  ),
  argocd: looks(
    'looks at deployments',
    [
      'version|help',
      'app list|get|diff|history|logs|manifests|resources',
      'cluster|repo|repocreds|proj|account|cert|gpg list|get',
      'account get-user-info|can-i',
      'appset list|get',
    ],
    {
      valued:
        '--server --config --auth-token -o --output -l --selector -p --project --kube-context --http-retry-max --tail --container -c',
      flags: '--grpc-web --insecure --plaintext --core --port-forward',
      options: {
        '-f --follow': follows,
        '--refresh --hard-refresh': changes('makes the controller compare anew'),
      },
    },
  ),
  flux: looks(
    'looks at deployments',
    ['get', 'check|logs|events|version|stats|trace|tree|help', 'diff kustomization|artifact|ks'],
    {
      valued:
        '-n --namespace --kubeconfig --context --timeout --level --kind --name --since --tail -o --output',
      flags: '-A --all-namespaces --verbose',
      options: { '-f --follow -w --watch': follows },
    },
  ),
  stern: {
    effect: 'read',
    because: 'shows logs',
    follow: true,
    plainOperands: true,
    options: { '--no-follow': { follow: false } },
    valued:
      '-n --namespace -l --selector -c --container --since --tail --context --kubeconfig -o --output -t --template -e -i',
  },
  'kubectx kubens': {
    effect: 'change',
    because: 'changes the kubeconfig',
    flags: '-h --help -V --version',
    options: { '-c --current': { effect: 'read', because: 'shows the kubeconfig' } },
    judge: ({ words }) =>
      words.length === 0 ? { effect: 'read', because: 'lists what the kubeconfig holds' } : undefined,
  },
  kustomize: looks('shows what a kustomization gives', ['build|version|help', 'cfg cat|count|grep|tree'], {
    options: {
      '-o --output': writesFile,
      '--enable-exec --enable-alpha-plugins --enable-helm --helm-command --network --mount -e --env --as-current-user':
        doubts('starts plugins'),
    },
  }),
  kind: looks('shows test clusters', ['version|help', 'get clusters|nodes|kubeconfig'], {
    valued: '--name -n',
  }),
  minikube: looks('shows the test cluster', ['status|ip|version|help', 'profile|addons|image|node list|ls'], {
    valued: '-p --profile -o --output',
  }),
  k3d: looks('shows test clusters', ['version|help', 'cluster|node|registry list|ls|get']),
  buildah: looks('looks at images', ['images|containers|ps|inspect|info|version|help']),
  skopeo: looks('looks at images', ['inspect|list-tags|help']),
  crane: looks('looks at images', ['digest|manifest|config|ls|catalog|version|help']),
  vault: looks('looks at the vault', [
    'status|version',
    'auth|audit|secrets list',
    'operator members',
    'kv list|metadata',
  ]),
  consul: looks('looks at Consul', [
    'members|info|version',
    'catalog datacenters|nodes|services',
    'operator raft list-peers',
  ]),
  nomad: looks(
    'looks at Nomad',
    ['status|version|server-members', 'node|job|alloc|deployment status', 'server members'],
    {
      options: { '-monitor': follows },
      wordOptions: true,
    },
  ),
  'redis-cli': looks(
    'asks Redis',
    ['ping|PING|info|INFO|dbsize|DBSIZE', 'cluster|CLUSTER info|INFO|nodes|NODES', 'client|CLIENT list|LIST'],
    {
      valued: '-h -p -n -s --cacert --cert --key',
      flags: '--tls --raw --no-raw',
    },
  ),
  rabbitmqctl: looks('looks at RabbitMQ', [
    'status|cluster_status|list_queues|list_connections|list_channels|list_users|list_vhosts|list_exchanges|list_bindings|list_permissions|environment|report|version',
  ]),
  terraform: looks('looks at a configuration', ['version', 'state list|show', 'workspace list|show']),
}
