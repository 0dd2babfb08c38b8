import { containerSpecs, uidOf } from '../../kube/pod.ts'
import { containersOf, isFinished } from '../../relations/pods.ts'
import type { Reply } from '../../shell/program.ts'
import type { Client } from './client.ts'
import { defaultedText } from './default-container.ts'
import { findTarget, isTarget, podBehind } from './find-target.ts'
import { reachKubelet } from './reach-kubelet.ts'

const usage =
  "error: expected 'POD_NAME', 'POD CONTAINER' or 'TYPE/NAME', no arguments were provided\nSee 'kubectl attach -h' for help and examples\n"

/** `kubectl attach`: what a container says from now on, until it ends. */
export const attach = (client: Client): Reply => {
  const { flags, words } = client.args
  const [, word] = words
  if (word === undefined) return { stderr: usage, exit: 1 }
  const found = findTarget(client, word)
  if (!isTarget(found)) return found
  const pod = podBehind(client, found)
  if (!('metadata' in pod)) return pod
  if (isFinished(pod))
    return {
      stderr: `error: cannot attach a container in a completed pod; current phase is ${pod.status?.phase}\n`,
      exit: 1,
    }
  const names = containerSpecs(pod).map(({ name }) => name)
  const asked: string | undefined = flags.get('container') ?? words[2]
  const name = asked ?? names[0] ?? ''
  if (!names.includes(name))
    return { stderr: `error: container ${name} not found in pod ${pod.metadata.name}\n`, exit: 1 }
  const place = reachKubelet(client, pod, `attach/${pod.metadata.namespace}/${pod.metadata.name}/${name}`)
  if ('problem' in place)
    return { stderr: `Error from server: ${place.problem}\n`, exit: 1, tookMs: place.tookMs }
  const container = containersOf(place.machine, uidOf(pod), name).at(-1)
  if (container?.state !== 'running')
    return {
      stderr: `error: unable to upgrade connection: container ${name} not found in pod ${pod.metadata.name}_${pod.metadata.namespace}\n`,
      exit: 1,
    }
  const defaulted = asked === undefined ? defaultedText(pod) : ''
  const terminal = flags.has('tty')
    ? `error: Unable to use a TTY - container ${name} did not allocate one\n`
    : ''
  let last = container.log.at(-1)
  return {
    stderr: `${defaulted}${terminal}If you don't see a command prompt, try pressing enter.\n`,
    follow: {
      next: () => {
        const fresh =
          last === undefined ? container.log : container.log.slice(container.log.lastIndexOf(last) + 1)
        last = container.log.at(-1)
        return fresh.map(({ text }) => `${text}\n`).join('')
      },
      isOver: () => container.state !== 'running',
    },
  }
}
