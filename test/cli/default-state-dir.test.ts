import { expect, it } from 'vitest'
import { defaultStateDir } from '../../src/cli/default-state-dir.ts'

it('keeps sessions in the XDG state directory', () => {
  expect(defaultStateDir({ XDG_STATE_HOME: '/var/state', HOME: '/home/ann' })).toBe('/var/state/runtree')
  expect(defaultStateDir({ XDG_STATE_HOME: 'relative', HOME: '/home/ann' })).toBe(
    '/home/ann/.local/state/runtree',
  )
})
