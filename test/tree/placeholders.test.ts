import { describe, expect, it } from 'vitest'
import { seed, stepOf, treeOf } from './trees.ts'

const placeholders = (run: string) =>
  stepOf(`\`\`\`bash\n${run}\n\`\`\``).commands[0]?.placeholders.map(({ text, name }) => `${text}=${name}`)

describe('placeholders', () => {
  it.each<readonly [run: string, expected: readonly string[]]>([
    ['kubectl describe pod <pod-name>', ['<pod-name>=POD_NAME']],
    ['kubectl logs kube-apiserver-<node> --tail=100', ['<node>=NODE']],
    ['mount -t nfs <nfs-server>:/export/path /mnt', ['<nfs-server>=NFS_SERVER']],
    ['curl -k https://<api-server>:6443/healthz', ['<api-server>=API_SERVER']],
    ['curl "http://<your api server>/x"', ['<your api server>=YOUR_API_SERVER']],
    ['grep <label>', ['<label>=LABEL']],
    ['kubectl describe node NODE_NAME', ['NODE_NAME=NODE_NAME']],
    ['kubectl logs kube-scheduler-NODE_NAME', ['NODE_NAME=NODE_NAME']],
    ['ping YOUR_DOMAIN', ['YOUR_DOMAIN=YOUR_DOMAIN']],
    ['crictl inspect CONTAINER_ID | less', ['CONTAINER_ID=CONTAINER_ID']],
    ['kubectl get pods -n NAMESPACE', ['NAMESPACE=NAMESPACE']],
    ['curl -v http://POD_IP:PORT', ['POD_IP=POD_IP', 'PORT=PORT']],
    ['ping SERVICE_OR_DB_IP', ['SERVICE_OR_DB_IP=SERVICE_OR_DB_IP']],
    ['kubectl get svc A_SERVICE', ['A_SERVICE=A_SERVICE']],
    ['kubectl logs {{pod}} -n {{ ns_name }}', ['{{pod}}=POD', '{{ ns_name }}=NS_NAME']],
    ['kubectl logs coredns-xxx', ['coredns-xxx=COREDNS_XXX']],
    ['kubectl -nkube-system logs coredns-86fsb', ['coredns-86fsb=COREDNS_XXX']],
    ['kctl exec -ti debug-jl8nr -- ping -c1 x', ['debug-jl8nr=DEBUG_XXX']],
    ['kubectl describe pod web-7d4f8c9b6d-x2wqz -n shop', ['web-7d4f8c9b6d-x2wqz=WEB_XXX']],
    [
      'journalctl -u gravity__gravitational.io__planet__6.0.0-11401.service -f',
      ['gravity__gravitational.io__planet__6.0.0-11401.service=PLANET_UNIT'],
    ],
    ['kubectl logs kube-proxy-xxxxx | grep x', ['kube-proxy-xxxxx=KUBE_PROXY_XXX']],
    ['kubectl -n your-namespace get pods', ['your-namespace=YOUR_NAMESPACE']],
    ['cp <file> <file> "<dir>/x"', ['<file>=FILE', '<dir>=DIR']],
  ])('are found in %s', (run, expected) => {
    expect(placeholders(run)).toEqual(expected)
  })

  it.each([
    'sort < file > out',
    'cat <in>out',
    'cat <<EOF_NAME\nx\nEOF_NAME',
    'diff <(a) <(b)',
    'ETCDCTL_API=3 etcdctl endpoint health',
    'export ETCDCTL_CACERT=/etc/x NODE_NAME=y',
    'unset NODE_NAME',
    'echo $NODE_NAME $http_proxy',
    `echo "\${POD_NAME}"`,
    'iptables -A INPUT -p udp --dport 8472 -j REJECT',
    'iptables -t nat -L KUBE-SERVICES -n | grep KUBE-NODE-PORT',
    'ss -tan | grep TIME_WAIT',
    'journalctl | grep NODE',
    'kubectl get pods -o custom-columns=NODE:.spec.nodeName,POD:.metadata.name',
    "docker ps --format '{{.Names}}'",
    "kubectl get pods -o go-template='{{range .items}}{{end}}'",
    "kubectl get pod x -o jsonpath='{.status.podIP}'",
    'curl -X POST -H "Content-Type: application/json" http://localhost',
    'curl -w "%{HTTP_CODE}" localhost',
    "grep -P '(?<name>x)' f",
    "grep '\\<word\\>' f",
    "echo '<b>x</b>'",
    'kubectl get nodes -o JSON',
    'dig DNS A AAAA',
    'find . -name XXXXX',
    'kill -s SIGTERM 1',
    'systemctl status local-fs-pkgs2',
    'kubectl logs deploy/web-7d4f8 -c proxy-x2wqz',
    'kubectl -n team-x2wqz get pods',
    'kubectl exec web-0 -- cat /etc/app-x2wqz',
    'kubectl get nodes worker-x2wqz',
  ])('are not found in %s', run => {
    expect(placeholders(run)).toEqual([])
  })

  it('take the name under which the front matter declares them, in any spelling', () => {
    const tree = treeOf(
      '---\nvariables: {pod: {}, REPLICAS: {type: number}}\n---\n```bash\nscale POD <pod> {{pod}} --replicas=REPLICAS pod x-pod podx\n```',
    )
    expect(tree.steps[0]?.commands[0]?.placeholders).toEqual([
      { text: 'POD', name: 'pod' },
      { text: '<pod>', name: 'pod' },
      { text: '{{pod}}', name: 'pod' },
      { text: 'REPLICAS', name: 'REPLICAS' },
      { text: 'pod', name: 'pod' },
    ])
    expect(tree.variables.map(variable => variable.name)).toEqual(['pod', 'REPLICAS'])
  })

  it('are values that the front matter names as spellings, where they are words of their own', () => {
    const tree = treeOf(
      '---\nvariables: {POD_IP: {spellings: [10.244.2.15]}, EXPORT: {type: path, spellings: [/export/path]}}\n---\n```bash\nping 10.244.2.15 10.244.2.150 110.244.2.15; mount <nfs>:/export/path/x /y/export/path EXPORT\n```',
    )
    expect(tree.steps[0]?.commands[0]?.placeholders).toEqual([
      { text: '10.244.2.15', name: 'POD_IP' },
      { text: '<nfs>', name: 'NFS' },
      { text: '/export/path', name: 'EXPORT' },
      { text: 'EXPORT', name: 'EXPORT' },
    ])
  })

  it.each([
    ['NODE_IP', 'ip'],
    ['YOUR_RAFAY_ENDPOINT_DOMAIN', 'host'],
    ['POD_NAME', 'name'],
    ['NAMESPACE', 'name'],
    ['SERVICE_NAME', 'text'],
    ['CONTAINER_ID', 'text'],
    ['SERVICE_OR_DB_IP', 'host'],
    ['CONTAINER_ID_OR_NAME', 'text'],
    ['PORT', 'port'],
    ['JOIN_TOKEN', 'secret'],
    ['<config-file>', 'path'],
    ['<revision>', 'number'],
  ])('have a sensible type: %s is %s', (spelling, type) => {
    expect(treeOf(`\`\`\`bash\nrun ${spelling}\n\`\`\``).variables.map(variable => variable.type)).toEqual([
      type,
    ])
  })

  it('of the source documents are found as they are written there', () => {
    const found = (name: string) => seed(name).variables.map(variable => variable.name)
    expect(found('000-mks-node-runbook')).toEqual([
      'SERVICE_NAME',
      'CONTAINER_ID',
      'CONTAINER_ID_OR_NAME',
      'CONTROL_PLANE_IP',
      'WORKER_NODE_IP',
      'YOUR_RAFAY_ENDPOINT_DOMAIN',
      'SERVICE_OR_DB_IP',
    ])
    expect(found('004-gravity-fire-drills')).toEqual([
      'PLANET_UNIT',
      'COREDNS_XXX',
      'COREDNX_XXX',
      'DEBUG_XXX',
    ])
  })
})

// Every spelling that five documents of different authors use for a value that is to be put in.
it.each([
  'SERVICE_NAME',
  'CONTAINER_ID',
  '<container-id>',
  'CONTAINER_ID_OR_NAME',
  '<container>',
  '<etcd-container-id>',
  'SCHEDULER_CONTAINER_ID',
  'CONTROLLER_MANAGER_CONTAINER_ID',
  '<pod-id>',
  'CONTROL_PLANE_IP',
  '<api-server>',
  'WORKER_NODE_IP',
  'YOUR_RAFAY_ENDPOINT_DOMAIN',
  'SERVICE_OR_DB_IP',
  'NODE_NAME',
  '<node-name>',
  '<node>',
  'POD_NAME',
  '<pod-name>',
  '<pod>',
  '<pending-pod>',
  'NAMESPACE',
  'A_NAMESPACE',
  '<namespace>',
  'SVC_NAME',
  'A_SERVICE',
  '<service-name>',
  '<label>',
  'TASKSET_ID',
  'POD_IP',
  '<coredns-pod-ip>',
  'PORT',
  '<image>',
  '<image-name>',
  '<revision>',
  '<csr-name>',
  '<pv-name>',
  '<secret-name>',
  '<configmap-name>',
  '<nfs-server-ip>',
  '<nfs-server>',
  '<cni-pod-name>',
  'kube-proxy-xxxxx',
  'coredns-xxx',
  'corednx-xxx',
])('the spelling %s is found where it is an argument', spelling => {
  const [step] = treeOf(`\`\`\`bash\nkubectl describe x ${spelling} -o wide\n\`\`\``).steps
  expect(step?.commands[0]?.placeholders.map(({ text }) => text)).toEqual([spelling])
})
