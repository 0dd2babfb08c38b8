import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { programs } from './local-target.ts'

const driver = fileURLToPath(new URL('drivers/measure-memory.ts', import.meta.url))

type Measure = {
  readonly outcome: unknown
  readonly characters: number
  readonly beforeMb: number
  readonly afterMb: number
}

const measure = async (line: string, spendMs = 0): Promise<Measure> => {
  const { stdout } = await promisify(execFile)(process.execPath, [driver, line, `${spendMs}`])
  return JSON.parse(stdout)
}

describe('memory', () => {
  it('stays small while 200 MB pass', async () => {
    const { outcome, characters, beforeMb, afterMb } = await measure(`${programs}/flood 200`)
    expect({ outcome, characters }).toEqual({ outcome: { kind: 'exited', code: 0 }, characters: 200_000_000 })
    expect(afterMb).toBeLessThan(200)
    expect(afterMb - beforeMb).toBeLessThan(100)
  })

  it('stays small when who takes the output is slow', async () => {
    const { characters, beforeMb, afterMb } = await measure(`${programs}/flood 40`, 2)
    expect(characters).toBe(40_000_000)
    expect(afterMb - beforeMb).toBeLessThan(100)
  })

  it('stays small while 50 MB pass that hold no newline', async () => {
    const { characters, beforeMb, afterMb } = await measure("head -c 50000000 /dev/zero | tr '\\0' x")
    expect(characters).toBe(50_000_000)
    expect(afterMb - beforeMb).toBeLessThan(100)
  })
})
