import { nodeAt } from '../files/file-tree.ts'
import { freeThreads } from '../relations/threads.ts'
import type { Call, Program, Reply } from './program.ts'

/** What bash does itself, without a process of its own. */
const builtins = /^(jobs|wait|fg|bg|disown|history|ulimit|trap|hash|bind|complete|umask|__\w+|kill|exit)$/

const RETRIES = 4
/** bash waits a second before it tries to fork again, then twice as long each time. */
const RETRIED_MS = 15_000

/** What bash says where the kernel lets no process begin. */
const forkRefusal = ({ name, host }: Call): Reply | undefined =>
  builtins.test(name) || freeThreads(host) > 0
    ? undefined
    : {
        stderr: `${'bash: fork: retry: Resource temporarily unavailable\n'.repeat(RETRIES)}bash: fork: Resource temporarily unavailable\n`,
        exit: 254,
        tookMs: RETRIED_MS,
      }

/** Every program that is begun takes the next number where its process is counted: on its machine, or within a container. */
const takePid = ({ name, host, machine, container }: Call): void => {
  if (builtins.test(name)) return
  if (container !== undefined) container.execs = (container.execs ?? 0) + 1
  else host.nextPid = machine.nextPid = host.nextPid + 1
}

/** Runs a program, unless nobody may run its file or no process can be begun. */
export const runProgram = async (program: Program, call: Call): Promise<Reply> => {
  takePid(call)
  const path = `/usr/bin/${call.name}`
  const node = nodeAt(call.machine.files, path)
  if (node !== undefined && (node.mode & 0o111) === 0)
    return { stderr: `bash: ${path}: Permission denied\n`, exit: 126 }
  return forkRefusal(call) ?? program.run(call)
}
