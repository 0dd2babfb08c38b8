import { expect, it } from 'vitest'
import { isLayer } from '../../src/base/index.ts'

it('knows the six layers and nothing else', () => {
  expect(['app', 'infra', 'pod'].map(isLayer)).toEqual([true, true, false])
})
