import { age, type Column, col, NONE, name } from './cells.ts'

/** The columns of what the API server and the kubelets keep by themselves. */
export const serverColumns: Readonly<Record<string, readonly Column[]>> = {
  CSINode: [name, col('DRIVERS', o => String(o.spec?.drivers?.length ?? 0)), age],
  FlowSchema: [
    name,
    col('PRIORITYLEVEL', o => o.spec?.priorityLevelConfiguration?.name ?? ''),
    col('MATCHINGPRECEDENCE', o => String(o.spec?.matchingPrecedence)),
    col('DISTINGUISHERMETHOD', o => o.spec?.distinguisherMethod?.type ?? NONE),
    age,
    col('MISSINGPL', o => o.status?.conditions?.[0]?.status ?? '?'),
  ],
  PriorityLevelConfiguration: [
    name,
    col('TYPE', o => o.spec?.type ?? ''),
    col('NOMINALCONCURRENCYSHARES', o => String(o.spec?.limited?.nominalConcurrencyShares ?? NONE)),
    ...(['queues', 'handSize', 'queueLengthLimit'] as const).map(field =>
      col(field.toUpperCase(), o => String(o.spec?.limited?.limitResponse?.queuing?.[field] ?? NONE)),
    ),
    age,
  ],
}
