import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Destination } from '../base/index.ts'
import type { Library } from '../session/index.ts'
import type { Tree } from '../tree/index.ts'
import { type SourceText, sourceText } from './bundled/pack.ts'
import { type LoadedTree, loadTree, runbookName } from './load-tree.ts'
import { runbooksFolder } from './project-root.ts'
import { readFileBytes } from './read-text-file.ts'

/** The runbook that leads to all others stands first. */
const ENTRY = 'start-here.md'

/** Paths of the bundled runbooks, by name. */
export const bundledRunbooks = (): ReadonlyMap<string, string> => {
  const folder = runbooksFolder()
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder).filter(name => name.endsWith('.md'))
  const inOrder = files.sort((a, b) => Number(b === ENTRY) - Number(a === ENTRY) || (a < b ? -1 : 1))
  return new Map(inOrder.map(name => [runbookName(name), join(folder, name)]))
}

/** The bundled runbooks' files, in order. */
export const runbookSources = (): readonly SourceText[] =>
  [...bundledRunbooks()].map(([name, path]) => sourceText('runbook', name, readFileBytes(path)))

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

/** Whether a document is one of runtree's own, by whatever path it was given. */
const isBundled = (path: string): boolean =>
  path !== '-' &&
  [...bundledRunbooks().values()].includes(join(runbooksFolder(), basename(path))) &&
  existsSync(path) &&
  realpathSync(path) === realpathSync(join(runbooksFolder(), basename(path)))

/** A runbook and every runbook that can be reached from it by links, and which of them come from outside. */
export const loadLibrary = (path: string): { readonly entry: LoadedTree; readonly library: Library } => {
  const entry = loadTree(path)
  const trees = new Map<string, Tree>()
  const outside = new Map<string, string>()
  const add = ({ tree, origin }: LoadedTree): void => {
    trees.set(tree.name, tree)
    if (!isBundled(origin)) outside.set(tree.name, origin === '-' ? 'standard input' : resolve(origin))
  }
  add(entry)
  const open = [entry]
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const name of namesIn(from.tree)) {
      const linked = trees.has(name) ? undefined : findLinked(name, from)
      if (linked === undefined) continue
      const loaded = loadTree(linked)
      add(loaded)
      open.push(loaded)
    }
  }
  return { entry, library: { trees, outside } }
}

/** Every bundled runbook. */
export const loadBundledLibrary = (): Library => ({
  trees: new Map([...bundledRunbooks()].map(([name, path]) => [name, loadTree(path).tree])),
})
