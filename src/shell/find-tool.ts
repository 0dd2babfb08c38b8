import type { Tool } from './tool.ts'
import { toolTables } from './tools/all-tools.ts'

const byName = new Map<string, Tool>()
for (const table of toolTables)
  for (const [names, tool] of Object.entries(table))
    for (const name of names.split(' ')) byName.set(name, tool)

const standardPlaces =
  /^(?:(?:\/usr(?:\/local)?)?\/s?bin|\/opt\/bin|\/snap\/bin|\/var\/lib\/rancher\/rke2\/bin|\/opt\/etcd\/bin)\/[^/]+$/

/**
 * The table of a program by its name or by its path in one of the usual directories; `undefined` for any other. A program in a directory of one's own may be
 * anything, whatever it is called, except for tools that are documented to be run from where they were unpacked.
 */
export const findTool = (name: string): Tool | undefined => {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const tool = byName.get(base)
  return !name.includes('/') || standardPlaces.test(name) || tool?.anywhere === true ? tool : undefined
}
