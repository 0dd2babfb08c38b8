import { containerRelations } from './containers.ts'
import type { Relation } from './desk.ts'
import { filterRelations } from './filters.ts'
import { journalRelations } from './journal.ts'
import { linkRelations } from './links.ts'
import { nodeRelations } from './nodes.ts'
import { podRelations } from './pods.ts'
import { processRelations } from './processes.ts'
import { serviceRelations } from './services.ts'
import { socketRelations } from './sockets.ts'
import { systemRelations } from './system.ts'
import { unitRelations } from './units.ts'
import { workloadRelations } from './workloads.ts'

/** All relations between what tools say. */
export const relations: readonly Relation[] = [
  ...socketRelations,
  ...processRelations,
  ...unitRelations,
  ...systemRelations,
  ...journalRelations,
  ...linkRelations,
  ...filterRelations,
  ...containerRelations,
  ...podRelations,
  ...workloadRelations,
  ...nodeRelations,
  ...serviceRelations,
]
