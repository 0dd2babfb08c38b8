import type { Reply } from '../../shell/program.ts'
import type { World } from '../../world/world.ts'

/** Whether the client is older than 3.4: it speaks the second API unless told otherwise, and writes no structured log. */
export const isOldEtcd = ({ etcd }: Pick<World, 'etcd'>): boolean =>
  /^3\.[0-3]\./.test(etcd.members.find(({ version }) => version !== '')?.version ?? '')

/** A reply of the third API as an older client prints it: without lines of the log, with two spaces behind `Error:`. */
export const asOldReply = (reply: Reply): Reply =>
  reply.stderr === undefined
    ? reply
    : {
        ...reply,
        stderr: reply.stderr
          .replace(/^\{"level":"warn".*\n/gm, '')
          .replace(/^Error: (?!unknown |open |\s)/gm, 'Error:  '),
      }
