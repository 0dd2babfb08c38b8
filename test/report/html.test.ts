import { describe, expect, it } from 'vitest'
import { presentDrillHtml, presentReportHtml } from '../../src/report/index.ts'
import { drilled, told } from './kit.ts'

const pages = [
  ['of a triage', presentReportHtml(told())],
  ['of a drill', presentDrillHtml(drilled())],
] as const

const voidElements = ['meta', 'br']

describe.each(pages)('the page %s', (_, page) => {
  it('holds no script, and nothing that a browser would fetch', () => {
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed|base)\b/i)
    expect(page).not.toMatch(/\b(?:src|srcset|action|formaction)\s*=|url\(|@import|http-equiv="refresh"/i)
    expect([...page.matchAll(/\bhref="([^"]*)"/g)].every(([, to]) => to?.startsWith('#'))).toBe(true)
    expect(page).toContain("default-src 'none'")
  })

  it('leads only to places that it holds, each there once', () => {
    const ids = [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, to] of page.matchAll(/\bhref="#([^"]*)"/g)) expect(ids).toContain(to)
  })

  it('closes every element that it opens', () => {
    const open: string[] = []
    for (const [, close, name = '', rest = ''] of page.matchAll(
      /<(\/?)([a-z][a-z0-9]*)\b((?:[^>"]|"[^"]*")*)>/g,
    )) {
      if (close === '/') expect(open.pop()).toBe(name)
      else if (!rest.endsWith('/') && !voidElements.includes(name)) open.push(name)
    }
    expect(open).toEqual([])
  })
})

it('the page shows what outputs, titles and stories hold as text', () => {
  expect(pages[0][1]).toContain('&lt;script&gt;alert(1)&lt;/script&gt; | `x` red')
  expect(pages[0][1]).toContain('Disk &amp; &lt;space&gt;')
  expect(pages[1][1]).toContain('A quiet &lt;node&gt;')
})

it('evidence leads to its line in the output, which is marked', () => {
  expect(pages[0][1]).toMatch(/<a href="#r1-2">r1, line 2<\/a>/)
  expect(pages[0][1]).toMatch(/<mark id="r1-2">\/dev\/vda1 /)
})
