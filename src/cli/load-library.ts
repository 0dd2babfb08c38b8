import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Destination } from '../base/index.ts'
import type { Library } from '../session/index.ts'
import type { Tree } from '../tree/index.ts'
import { type LoadedTree, loadTree, runbookName } from './load-tree.ts'
import { runbooksFolder } from './project-root.ts'

/** Paths of the bundled runbooks, by name. */
export const bundledRunbooks = (): ReadonlyMap<string, string> => {
  const folder = runbooksFolder()
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder).filter(name => name.endsWith('.md'))
  return new Map(files.sort().map(name => [runbookName(name), join(folder, name)]))
}

const destinationsOf = (tree: Tree): readonly Destination[] => [
  ...tree.symptoms.map(s => s.go),
  ...tree.steps.flatMap(step => [...step.branches.map(b => b.to), ...step.links.map(l => l.to)]),
]

const namesIn = (tree: Tree): ReadonlySet<string> =>
  new Set(destinationsOf(tree).flatMap(d => (d.kind === 'step' ? [d.ref.runbook] : [])))

/** Where a linked runbook lies: beside the document that links it, otherwise among the bundled ones. */
const findLinked = (name: string, from: LoadedTree): string | undefined => {
  const sibling = join(dirname(from.origin), `${name}.md`)
  return existsSync(sibling) ? sibling : bundledRunbooks().get(name)
}

/** A runbook and every runbook that can be reached from it by links. */
export const loadLibrary = (path: string): { readonly entry: LoadedTree; readonly library: Library } => {
  const entry = loadTree(path)
  const trees = new Map<string, Tree>([[entry.tree.name, entry.tree]])
  const open = [entry]
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const name of namesIn(from.tree)) {
      const linked = trees.has(name) ? undefined : findLinked(name, from)
      if (linked === undefined) continue
      const loaded = loadTree(linked)
      trees.set(name, loaded.tree)
      open.push(loaded)
    }
  }
  return { entry, library: { trees } }
}

/** Every bundled runbook. */
export const loadBundledLibrary = (): Library => ({
  trees: new Map([...bundledRunbooks()].map(([name, path]) => [name, loadTree(path).tree])),
})
