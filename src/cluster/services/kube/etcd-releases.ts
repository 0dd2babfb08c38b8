import type { World } from '../../world/world.ts'
import type { Line, Running, Service, Span } from '../service.ts'
import { currentEtcd } from './etcd.ts'
import { asCapnslog } from './etcd-capnslog.ts'
import { repeating, type TimedLine } from './telling.ts'

/** Whether a member's release writes its log in the older form. */
const isOld = ({ etcd: { members } }: World): boolean =>
  /^3\.[0-3]\./.test(members.find(({ version }) => version !== '')?.version ?? '')

const toldBy = <T extends Line>(world: World, lines: readonly T[]): readonly T[] =>
  isOld(world) ? lines.flatMap(asCapnslog) : lines

const driftLines = (world: World, self: Running, span: Span): readonly TimedLine[] =>
  isOld(world)
    ? world.etcd.members.flatMap(member => {
        const drift = (world.machines.get(member.machine)?.clockOffsetMs ?? 0) - self.machine.clockOffsetMs
        return Math.abs(drift) <= 1_000
          ? []
          : repeating(
              span,
              30_000,
              atMs =>
                `${new Date(atMs).toISOString().slice(0, -1).replace('T', ' ')}936 W | rafthttp: the clock difference against peer ${member.id} is too high [${(Math.abs(drift) / 1000).toFixed(9)}s > 1s]`,
            )
      })
    : []

/** etcd of any release: its log has the form of the one that the member has. */
export const etcd: Service = {
  ...currentEtcd,
  ailment: (world, self) => {
    const ailing = currentEtcd.ailment?.(world, self)
    return ailing === undefined ? undefined : { ...ailing, lines: toldBy(world, ailing.lines) }
  },
  greeting: (world, self) => toldBy(world, currentEtcd.greeting?.(world, self) ?? []),
  chatter: (world, self, span) =>
    [...toldBy(world, currentEtcd.chatter?.(world, self, span) ?? []), ...driftLines(world, self, span)].sort(
      (a, b) => a.atMs - b.atMs,
    ),
  farewell: (world, self) => toldBy(world, currentEtcd.farewell?.(world, self) ?? []),
}
