import { advance } from '../../laws/advance.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { Arguments } from './arguments.ts'

/** What `--dry-run` asks for: nothing, or that only the client or the server goes through the motions. */
export const dryRunOf = ({ flags }: Arguments): 'client' | 'server' | undefined => {
  const value = flags.get('dry-run')
  if (value === undefined || value === 'none' || value === 'false') return undefined
  return value === 'server' ? 'server' : 'client'
}

/** A call on a copy of the world, which takes whatever the command does in place of the world itself, and whose time alone passes. */
export const onCopy = (call: Call): Call => {
  const world = structuredClone(call.world)
  const pass = async (ms: number): Promise<void> => advance(world, ms)
  return { ...call, world, passage: { ...call.passage, pass } }
}

/** Marks each line of a reply as one of a dry run; what was printed for a machine stays as it is. */
export const markDryRun = (reply: Reply, { flags }: Arguments, how: 'client' | 'server'): Reply => {
  if (reply.follow !== undefined || flags.has('output')) return reply
  const mark = how === 'server' ? '(server dry run)' : '(dry run)'
  const stdout = (reply.stdout ?? '')
    .split('\n')
    // A drain that only says what it would do waits for no pod to be gone.
    .filter(line => !/^pod\/\S+ evicted$/.test(line))
    .map(line => (line === '' || line.endsWith('dry run)') ? line : `${line} ${mark}`))
    .join('\n')
  return { ...reply, stdout }
}
