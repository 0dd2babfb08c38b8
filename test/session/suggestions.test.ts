import { expect, it } from 'vitest'
import { suggestFor } from '../../src/session/index.ts'
import { begun, command, contextOf, step, tree } from './kit.ts'

const run = 'kubectl get pods -A -o wide'
const context = contextOf(
  tree('node', [
    step('look', { commands: [command('look/1', run), command('look/2', 'kubectl get nodes -o wide')] }),
  ]),
)
const pods = `NAMESPACE     NAME                       READY   STATUS             RESTARTS   AGE   IP           NODE   NOMINATED NODE   READINESS GATES
kube-system   coredns-5d78c9869d-7x2lp   0/1     CrashLoopBackOff   12         3d    10.244.1.7   w-2    <none>           <none>
prod          web-0                      1/1     Running            0          3d    10.244.2.9   w-3    <none>           <none>
`
const nodes = `NAME   STATUS     ROLES           AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE             KERNEL-VERSION      CONTAINER-RUNTIME
cp-1   Ready      control-plane   90d   v1.29.4   10.0.0.1      <none>        Ubuntu 22.04.4 LTS   5.15.0-105-generic  containerd://1.7.13
w-2    NotReady   <none>          90d   v1.29.4   10.0.0.12     <none>        Ubuntu 22.04.4 LTS   5.15.0-105-generic  containerd://1.7.13
`

const collected = () => {
  const play = begun(context, 'look')
  play.go({ type: 'run-command', commandId: 'look/1' })
  play.finish(pods)
  play.go({ type: 'run-command', commandId: 'look/2' })
  play.finish(nodes)
  return play.session()
}
const variable = (name: string, more = {}) =>
  ({ name, about: undefined, type: 'text', from: undefined, ...more }) as const

it.each([
  ['COREDNS_XXX', ['coredns-5d78c9869d-7x2lp']],
  ['COREDNX_XXX', ['coredns-5d78c9869d-7x2lp']],
  ['NODE_NAME', ['w-2', 'cp-1']],
  ['CONTROL_PLANE_IP', ['10.0.0.1']],
  ['WORKER_NODE_IP', ['10.0.0.12']],
  ['POD_NAME', ['coredns-5d78c9869d-7x2lp', 'web-0']],
  ['NAMESPACE', ['kube-system', 'prod']],
  ['SOMETHING_ELSE', []],
])('suggests for %s what was collected, trouble first', (name, values) => {
  expect(suggestFor(collected(), variable(name))).toEqual(values)
})

it('goes by the runbook’s own expression, and by its type', () => {
  const from = 'pods.map(p, p.ip) + pods.map(p, p.name)'
  expect(suggestFor(collected(), variable('X', { type: 'ip', from }))).toEqual(['10.244.1.7', '10.244.2.9'])
})

it('suggests nothing while nothing is known, for a broken expression, and for a secret', () => {
  expect(suggestFor(begun(context, 'look').session(), variable('NODE_NAME'))).toEqual([])
  expect(suggestFor(collected(), variable('X', { from: 'pods.(' }))).toEqual([])
  expect(suggestFor(collected(), variable('X', { type: 'secret', from: 'pods.map(p, p.name)' }))).toEqual([])
})
