import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type BodyLimits, createBodyFile } from '../../src/runtime/body-file.ts'
import { createLapse } from '../../src/runtime/lapse.ts'
import { temporaryFolder } from './kit.ts'

const open = (hasRoom: BodyLimits['hasRoom']) => {
  const folder = temporaryFolder()
  const said: string[] = []
  const say = (sentence: string): void => void said.push(sentence)
  const lapse = createLapse({ began: id => `${id} began`, ended: id => `${id} ended`, say })
  const limits = { usual: 100, most: 1_000, lookAfter: 50, hasRoom }
  const body = createBodyFile({ folder, runId: 'r1', lapse, say, limits })
  const fill = (pieces: number): void => {
    for (let piece = 0; piece < pieces; piece += 1) body.write(Buffer.from('nine byte\n'))
  }
  const kept = async (): Promise<number> => readFileSync(join(folder, `${await body.finish()}.txt`)).length
  return { body, fill, kept, said }
}

describe('what is kept of an output', () => {
  it('is all of it while the disk has room, up to a bound', async () => {
    const { body, fill, kept, said } = open(() => true)
    fill(50)
    expect(said).toEqual([])
    expect(body.path()).toMatch(/r1\.part$/)
    fill(100)
    expect(said).toEqual([expect.stringMatching(/^Only the first 0 MiB of the output of r1 are kept/)])
    expect(body.path()).toBeUndefined()
    expect(await kept()).toBe(1_000)
  })

  it('is the usual where the disk has no room for more, which is asked again as it grows', async () => {
    const answers = [true, true, false]
    const { fill, kept, said } = open(() => answers.shift() ?? true)
    fill(100)
    expect(said).toHaveLength(1)
    expect(await kept()).toBe(200)
  })

  it('is all of a short one, however full the disk is', async () => {
    const { body, fill, kept, said } = open(() => false)
    fill(9)
    expect(await kept()).toBe(90)
    expect(said).toEqual([])
    expect(body.path()).toMatch(/[0-9a-f]{64}\.txt$/)
  })
})
