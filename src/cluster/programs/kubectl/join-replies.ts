import type { Reply } from '../../shell/program.ts'

/** What kubectl says of several objects as one reply, which has failed if one of them has. */
export const joinReplies = (replies: readonly Reply[]): Reply => ({
  stdout: replies.map(reply => reply.stdout ?? '').join(''),
  stderr: replies.map(reply => reply.stderr ?? '').join(''),
  exit: replies.some(reply => (reply.exit ?? 0) !== 0) ? 1 : 0,
})

/** Does something with one after the other, and joins what came of it. */
export const replyOneByOne = async <T>(
  items: readonly T[],
  act: (item: T) => Promise<Reply>,
): Promise<Reply> => {
  const replies: Reply[] = []
  for (const item of items) replies.push(await act(item))
  return joinReplies(replies)
}
