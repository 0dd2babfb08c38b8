import { describe, expect, it } from 'vitest'
import { searchSteps } from '../../../src/ui/scene/step-search.ts'
import { nodeContext } from '../../kit/render-runbook.ts'

const ids = (search: string): readonly string[] =>
  searchSteps(nodeContext.library, search, 'node-checks').map(found => found.ref.step)

describe('searchSteps', () => {
  it('lists the steps in the order of the document before anything is typed', () => {
    expect(ids('')).toEqual(['disk', 'free-space', 'kubelet', 'applications'])
  })

  it('puts titles before commands', () => {
    expect(ids('space')).toEqual(['disk', 'free-space'])
    expect(ids('journalctl')).toEqual(['disk', 'free-space', 'kubelet'])
  })

  it('wants every word, in any order', () => {
    expect(ids('space free')).toEqual(['free-space'])
    expect(ids('space nothing')).toEqual([])
  })

  it('finds a section by its number and a title in another script', () => {
    expect(ids('1.2')).toEqual(['kubelet'])
    expect(ids('確認')).toEqual(['applications'])
  })
})
