import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const limits = (name: string) => factsOfRecorded('ulimit', name).facts.limits

describe('ulimit', () => {
  it('reads all limits, sizes in bytes', () => {
    expect(limits('all')).toHaveLength(17)
    expect(limits('all')).toContainEqual({ name: 'open files', option: 'n', soft: 20000 })
    expect(limits('all')).toContainEqual({ name: 'stack size', option: 's', soft: 8192 * 1024 })
    expect(limits('all')).toContainEqual({ name: 'virtual memory', option: 'v', softUnlimited: true })
    expect(limits('hard')).toContainEqual({ name: 'max user processes', option: 'u', hard: 96365 })
  })

  it('reads one limit alone', () => {
    expect(limits('files')).toEqual([{ name: 'open files', option: 'n', soft: 20000 }])
    expect(factsOf('ulimit -Hn', 'unlimited\n').facts.limits).toEqual([
      { name: 'open files', option: 'n', hardUnlimited: true },
    ])
  })

  it('reads the limits of a process', () => {
    const { facts, lines } = factsOfRecorded('ulimit', 'proc')
    expect(facts.limits).toHaveLength(16)
    expect(facts.limits).toContainEqual({ name: 'open files', option: 'n', soft: 32768, hard: 32768 })
    expect(facts.limits).toContainEqual({
      name: 'stack size',
      option: 's',
      soft: 8388608,
      hardUnlimited: true,
    })
    expect(lines.get('limits[0]')).toBe(2)
  })

  it('reads the words of dash', () => {
    expect(limits('dash')).toContainEqual({ name: 'open files', option: 'n', soft: 20000 })
    expect(limits('dash')).toContainEqual({ name: 'stack size', option: 's', soft: 8192 * 1024 })
  })
})
