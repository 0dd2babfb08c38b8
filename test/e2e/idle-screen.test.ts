import { spawn, spawnSync } from 'node:child_process'
import { setTimeout as pass } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { freshFolder, programLine } from '../kit/program.ts'
import { waitFor } from '../kit/wait-for.ts'

const hasPty = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0
if (!hasPty) console.warn('SKIP the idle screen: script(1) is not installed')

/** How long the screen must stay silent. This is the thing that is measured, not a wait for something. */
const IDLE_MS = 5_000
/** Between two looks at what was written: nothing more in all of this means that the screen stands. */
const STILL_MS = 400

const openHome = (state: string) => {
  const line = `stty cols 100 rows 30; exec ${programLine}`
  const env = { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', XDG_STATE_HOME: state }
  const child = spawn('script', ['-qfec', line, '/dev/null'], { env })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  return { written: () => text, end: () => child.kill('SIGKILL') }
}

describe.skipIf(!hasPty)('the screen when nothing happens', () => {
  it('writes nothing at all for five seconds', { timeout: 60_000 }, async () => {
    const { written, end } = openHome(freshFolder())
    try {
      await waitFor({ what: 'home', probe: () => (written().includes('runtree') ? true : undefined) })
      for (let before = -1; before !== written().length; ) {
        before = written().length
        await pass(STILL_MS)
      }
      const stood = written()
      await pass(IDLE_MS)
      expect(written().slice(stood.length)).toBe('')
    } finally {
      end()
    }
  })
})
