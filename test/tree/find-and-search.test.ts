import { describe, expect, it } from 'vitest'
import { compileSearchIndex, findSteps, searchIndex, searchTree } from '../../src/tree/index.ts'
import { seed, treeOf } from './trees.ts'

const node = seed('000-mks-node-runbook')
const gravity = seed('004-gravity-fire-drills')

const found = (query: string) => findSteps(node, query).map(step => step.id)

describe('finding steps', () => {
  it.each([
    ['72-minion-logs-and-interpretation', ['72-minion-logs-and-interpretation']],
    ['#72-minion-logs-and-interpretation', ['72-minion-logs-and-interpretation']],
    ['7.2', ['72-minion-logs-and-interpretation']],
    ['7', ['7-rafay-node-agent-salt-minion-and-chisel']],
    ['dns AND external', ['42-dns-and-external-reachability']],
    ['external dns', ['42-dns-and-external-reachability']],
    ['nothing-like-it', []],
    ['  ', []],
  ])('%s', (query, expected) => {
    expect(found(query)).toEqual(expected)
  })

  it('lists all that fit', () => {
    expect(found('validate kubelet')).toEqual(['51-validate-kubelet', '61-validate-kubelet-on-worker'])
  })

  it('prefers a whole title to a part of one', () => {
    expect(findSteps(treeOf('# Disk space\n# Disk\n'), 'disk').map(step => step.id)).toEqual(['disk'])
  })
})

describe('searching', () => {
  const hits = (words: string) => searchTree([node, gravity], words)

  it('puts titles before commands, captions and explanations', () => {
    const fields = hits('kubelet').map(hit => hit.field)
    const order = ['title', 'command', 'caption', 'explanation']
    expect(fields).toEqual([...fields].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
    expect(new Set(fields).size).toBeGreaterThan(1)
  })

  it('finds words in any order, and in a command together with its caption', () => {
    expect(hits('logs minion')[0]).toMatchObject({ field: 'title', ref: { runbook: '000-mks-node-runbook' } })
    expect(hits('iptables flush')[0]).toMatchObject({
      field: 'caption',
      ref: { step: '45-iptables-troubleshooting' },
    })
  })

  it('forgives a slip of the finger', () => {
    expect(hits('minoin')[0]?.text).toContain('inion')
  })

  it('takes signs as they are typed', () => {
    expect(hits('-nkube-system')[0]).toMatchObject({
      field: 'command',
      ref: { runbook: '004-gravity-fire-drills' },
    })
    expect(hits('/var/log/apiserver')[0]?.text).toContain('/var/log/apiserver')
  })

  it('gives nothing for nothing, and no more than it is asked for', () => {
    const index = compileSearchIndex([node])
    expect(searchIndex(index, ' ')).toEqual([])
    expect(searchIndex(index, 'zzzzqqq')).toEqual([])
    expect(searchIndex(index, 'e', 7)).toHaveLength(7)
  })

  it('knows letters of other scripts', () => {
    expect(searchTree([treeOf('# Проверка диска\n# 磁盘 检查\n')], 'диск')[0]?.title).toBe('Проверка диска')
    expect(searchTree([treeOf('# 磁盘检查\n')], '磁盘')[0]?.title).toBe('磁盘检查')
  })
})
