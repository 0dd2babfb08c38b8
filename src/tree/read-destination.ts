import type { Destination } from '../base/index.ts'

/** Names the runbook that a document is, and resolves the anchors of its own headings. */
export type LinkBase = { readonly runbook: string; readonly anchors: ReadonlyMap<string, string> }

const markdownFile = /^(?![a-z][a-z0-9+.-]*:|\/\/)(?:[^?#]*\/)?([^/?#]+?)(?:\.(?:md|markdown))?$/i

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The name of a runbook from its path: the file's name without the Markdown ending. */
export const runbookNameOf = (path: string): string => markdownFile.exec(path)?.[1] ?? path

const resolveAnchor = (anchor: string, { anchors }: LinkBase): string => {
  const decoded = decode(anchor)
  return anchors.get(decoded) ?? anchors.get(decoded.toLowerCase()) ?? decoded.toLowerCase()
}

const ends: Readonly<Record<string, Destination>> = {
  resolved: { kind: 'resolved' },
  escalate: { kind: 'escalate' },
}

const toStep = (runbook: string, step: string): Destination => ({ kind: 'step', ref: { runbook, step } })

/**
 * What a link leads to: `#slug` a step of the same runbook, `other.md#slug` one of another, `#resolved` and `#escalate` the ends.
 * `undefined` for any other link.
 */
export const readDestination = (href: string, base: LinkBase): Destination | undefined => {
  const hash = href.indexOf('#')
  const anchor = hash < 0 ? '' : href.slice(hash + 1)
  if (anchor === '') return undefined
  const path = href.slice(0, hash)
  if (path === '')
    return (
      (Object.hasOwn(ends, anchor) ? ends[anchor] : undefined) ??
      toStep(base.runbook, resolveAnchor(anchor, base))
    )
  if (!/\.(?:md|markdown)$/i.test(path)) return undefined
  const file = markdownFile.exec(decode(path))?.[1]
  if (file === undefined) return undefined
  if (file === runbookNameOf(base.runbook)) return toStep(base.runbook, resolveAnchor(anchor, base))
  return toStep(file, decode(anchor).toLowerCase())
}

/** What `start` or `go` of the front matter leads to: a slug, `#slug`, or `other.md#slug`. */
export const readReference = (text: string, base: LinkBase): Destination =>
  readDestination(text.includes('#') ? text : `#${text}`, base) ?? toStep(base.runbook, text)
