import { expect, it } from 'vitest'
import type { Knowledge } from '../../../src/diagnosis/index.ts'
import { causeOptions } from '../../../src/ui/scene/cause-options.ts'
import type { Moment } from '../../../src/ui/state/moment.ts'

const titles: Readonly<Record<string, string>> = {
  'pod-evicted': 'The kubelet evicted pods',
  'swap-enabled': 'Swap is on and the kubelet refuses to run',
  'kubelet-down': 'The kubelet does not run',
}

const causes = new Map(Object.entries(titles).map(([id, title]) => [id, { id, title, layer: 'node' }]))

const offered = (typed: string, found: readonly string[] = []): readonly string[] => {
  const runs = new Map([['r1', { findings: found.map(cause => ({ cause })) }]])
  const knowledge = { causes } as unknown as Knowledge
  const moment = { snapshot: { session: { runs } }, services: { context: { knowledge } } }
  return causeOptions(typed, moment as unknown as Moment).map(({ id }) => id)
}

it('offers first the cause that is called what was typed', () => {
  expect(offered('kubel')).toEqual(['kubelet-down', 'pod-evicted', 'swap-enabled'])
})

it('offers before all others what an output showed', () => {
  expect(offered('kubel', ['swap-enabled'])).toEqual(['swap-enabled', 'kubelet-down', 'pod-evicted'])
})

it('offers every cause in its order until something is typed, and bears one slip a word', () => {
  expect(offered('')).toEqual(Object.keys(titles))
  expect(offered('kublet')).toEqual(Object.keys(titles))
  expect(offered('nothing of the kind')).toEqual([])
})
