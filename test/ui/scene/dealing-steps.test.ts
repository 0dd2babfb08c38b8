import { describe, expect, it } from 'vitest'
import { dealingSteps } from '../../../src/ui/scene/dealing-steps.ts'
import { openStand, runDiskStep } from '../../kit/ui-stand.ts'

describe('the steps that deal with a finding', () => {
  it('are those that the library has, as the text below an output and the key for it tell', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    const { scene, services } = stand.controller.getMoment()
    const finding = scene?.findings[0]?.finding
    if (scene === undefined || finding === undefined) throw new Error('nothing was found')
    const missing = [
      { runbook: scene.ref.runbook, step: 'taken-out-since' },
      { runbook: 'of-another-team', step: 'any' },
    ]
    const { library } = services.context
    const known = dealingSteps(finding, scene.ref, library)
    expect(known.map(({ step }) => step)).toContain('free-space')
    expect(dealingSteps({ ...finding, next: [...missing, ...finding.next] }, scene.ref, library)).toEqual(
      known,
    )
  })

  it('do not hold the one where we are', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    const { scene, services } = stand.controller.getMoment()
    const finding = scene?.findings[0]?.finding
    if (scene === undefined || finding === undefined) throw new Error('nothing was found')
    expect(dealingSteps({ ...finding, next: [scene.ref] }, scene.ref, services.context.library)).toEqual([])
  })
})
