import type { Container } from '../world/container.ts'

/** What the script of a container's command has a shell do when it is asked to end; `undefined` where it says nothing of that. */
const trapIn = ({ command }: Container): string | undefined => {
  const [, quoted, doubly, plain] =
    /\btrap\s+(?:'([^']*)'|"([^"]*)"|(\S+))\s+[^;\n]*\b(?:SIG)?TERM\b/.exec(command.join(' ')) ?? []
  return quoted ?? doubly ?? plain
}

/** Whether a container ends when it is asked to: a shell or a tool that is the first process hears no signal which it does not trap. */
export const hearsTerm = (container: Container): boolean =>
  container.service !== 'busybox' || trapIn(container) !== undefined

const KILLED = 137

/** With which status a container ends that was asked to end, and killed where it did not. */
export const statusAfterTerm = (container: Container): number => {
  if (container.service !== 'busybox') return 0
  const trap = trapIn(container)
  return trap === undefined ? KILLED : Number(/\bexit\s+(\d+)/.exec(trap)?.[1] ?? 0)
}
