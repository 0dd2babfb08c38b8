import { establishedOf } from '../../network/established.ts'
import { processesOf } from '../../relations/processes.ts'
import { isStopped } from '../../relations/stopped.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { isDebian } from '../packages/installed.ts'

const goPrograms = /^(kube|containerd|k3s|etcd|dockerd|coredns|calico|runc|flanneld|planet|gravity|chisel)/

/** The call in which a process waits: for an answer to its connection attempt, else for whatever comes. */
const waitOf = ({ world, machine }: Call, pid: number, name: string): string => {
  const dialing = establishedOf(world, machine).find(one => one.pid === pid && one.state === 'SYN-SENT')
  if (dialing !== undefined)
    return `connect(9, {sa_family=AF_INET, sin_port=htons(${dialing.peerPort}), sin_addr=inet_addr("${dialing.peerAddress}")}, 16`
  return goPrograms.test(name)
    ? `futex(0x${(0x5_5d0_000 + pid * 64).toString(16)}, FUTEX_WAIT_PRIVATE, 0, NULL`
    : 'epoll_wait(4, '
}

const attach = (call: Call, pid: number): Reply => {
  const refused = (why: string): Reply => ({
    stderr: `strace: attach: ptrace(PTRACE_SEIZE, ${pid}): ${why}\n`,
    exit: 1,
  })
  const process = processesOf(call.world, call.machine).find(one => one.pid === pid)
  if (process === undefined) return refused('No such process')
  if (call.user !== 'root' && process.user !== call.user) return refused('Operation not permitted')
  if (process.kind === 'kernel') return refused('Operation not permitted')
  const head = `strace: Process ${pid} attached\n`
  const isHeld = isStopped(call.machine, pid)
  // Of one that waits for a disk, strace sees nothing until the disk answers.
  const isDeaf = process.state.startsWith('D')
  const text = isHeld ? '--- stopped by SIGSTOP ---\n' : isDeaf ? '' : waitOf(call, pid, process.name)
  const tail = `${isHeld || isDeaf ? '' : ' <unfinished ...>\n'}strace: Process ${pid} detached\n`
  return {
    stdout: head + text,
    follow: { next: () => '', end: () => ({ stdout: tail, exit: 130 }) },
  }
}

/** strace(1): attaches to a process and shows the call in which it is. */
export const strace: Program = {
  names: ['strace'],
  isInstalled: post => onMachines(post) && isDebian(post.machine),
  run: (call): Reply => {
    const { args } = call
    const at = args.findIndex(arg => /^-[a-zA-Z]*p$/.test(arg))
    const given =
      at === -1 ? args.find(arg => /^-[a-zA-Z]*p\d+$/.test(arg))?.replace(/\D/g, '') : args[at + 1]
    if (given === undefined)
      return {
        stderr: "strace: must have PROG [ARGS] or -p PID\nTry 'strace -h' for more information.\n",
        exit: 1,
      }
    if (!/^\d+$/.test(given)) return { stderr: `strace: Invalid process id: '${given}'\n`, exit: 1 }
    return attach(call, Number(given))
  },
}
