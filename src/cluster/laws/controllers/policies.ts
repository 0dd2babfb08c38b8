import { changeStatus, listObjects } from '../../kube/store.ts'
import { budgetState } from '../../relations/admission/disruption-budget.ts'
import { amountText, quotaUse } from '../../relations/admission/quota-use.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const syncQuota = (world: World, quota: KubeObject): void => {
  const used = Object.entries(quotaUse(world.kube, quota)).map(([name, amount]) => [
    name,
    amountText(name, amount),
  ])
  changeStatus(world, quota, { hard: { ...quota.spec?.hard }, used: Object.fromEntries(used) })
}

/** Quotas say how much of them is used. */
export const syncQuotas = (world: World): void => {
  for (const quota of listObjects(world.kube, 'ResourceQuota')) syncQuota(world, quota)
}

/** Disruption budgets say how many pods may go. */
export const syncBudgets = (world: World): void => {
  for (const budget of listObjects(world.kube, 'PodDisruptionBudget'))
    changeStatus(world, budget, {
      ...budgetState(world, budget),
      observedGeneration: budget.metadata.generation ?? 1,
    })
}
