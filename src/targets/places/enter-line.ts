import type { CommandMode } from '../../base/index.ts'
import { quoteWord } from '../../shell/index.ts'
import type { Inside, PodName } from './parse-target.ts'

/** What is to run inside: its text, its own folder there, and whether it has the terminal. */
export type InnerCommand = {
  readonly line: string
  readonly cwd: string | undefined
  readonly mode: CommandMode
}

const innerText = ({ line, cwd }: InnerCommand): string =>
  cwd === undefined ? line : `cd -- ${quoteWord(cwd)} && {\n${line}\n}`

// gravity takes all that follows the program as its arguments, but looks for a lone `--` among them. It has to be root.
const enterPlanet = (command: InnerCommand): string => {
  const words = `gravity exec ${command.mode === 'interactive' ? '-ti ' : ''}/bin/bash -c ${quoteWord(innerText(command))}`
  return `if [ "$(id -u)" = 0 ]; then ${words}; else sudo ${words}; fi`
}

const option = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `${name} ${quoteWord(value)} `

const enterPod = ({ name, namespace, container }: PodName, command: InnerCommand): string =>
  [
    'kubectl exec ',
    command.mode === 'interactive' ? '-it ' : '',
    option('-n', namespace),
    option('-c', container),
    `${quoteWord(name)} -- /bin/sh -c ${quoteWord(innerText(command))}`,
  ].join('')

/**
 * The line that runs a command inside something on a machine: the planet container of a Gravity node through `gravity exec`, a pod
 * through `kubectl exec`. The command reaches the shell in there unchanged, whatever characters it holds.
 */
export const enterLine = (inside: Inside, command: InnerCommand): string =>
  inside.kind === 'planet' ? enterPlanet(command) : enterPod(inside.pod, command)
