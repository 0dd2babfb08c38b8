import type { Reply } from '../../shell/program.ts'

/** What kubectl says of several objects as one reply, which has failed if one of them has. */
export const joinReplies = (replies: readonly Reply[]): Reply => ({
  stdout: replies.map(reply => reply.stdout ?? '').join(''),
  stderr: replies.map(reply => reply.stderr ?? '').join(''),
  exit: replies.some(reply => (reply.exit ?? 0) !== 0) ? 1 : 0,
})
