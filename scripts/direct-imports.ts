import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Loader, Plugin } from 'esbuild'

const names = String.raw`\{([^{}]*)\}`
const exported = new RegExp(String.raw`export ${names} from '([^']+)'`, 'g')
const imported = new RegExp(String.raw`import ${names} from '([^']+/index\.ts)'`, 'g')

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '' && !name.startsWith('type '))

/** What a room's index takes from where, by the name that it gives it. */
const readIndex = (path: string): ReadonlyMap<string, { readonly name: string; readonly from: string }> => {
  const found = [...readFileSync(path, 'utf8').matchAll(exported)].flatMap(([, text = '', from = '']) =>
    listed(text).map(entry => {
      const [name = '', as = name] = entry.split(' as ')
      return [as, { name, from: join(dirname(path), from) }] as const
    }),
  )
  return new Map(found)
}

/** Has every name imported from the file that a room's index takes it from. */
export const withDirectImports = (path: string, text: string): string =>
  text.replace(imported, (_, wanted: string, from: string) => {
    const index = readIndex(join(dirname(path), from))
    return listed(wanted)
      .map(entry => {
        const [name = '', as = name] = entry.split(' as ')
        const origin = index.get(name)
        if (origin === undefined) throw new Error(`${path}: ${from} has no ${name}`)
        return `import { ${origin.name} as ${as} } from '${origin.from}'`
      })
      .join(';')
  })

/**
 * Rooms import each other through their index only, and esbuild takes all that an index lists to be needed wherever one name of it is:
 * a list of drills would load the shell of the simulated cluster. The build imports each name from where it is made.
 */
export const directImports: Plugin = {
  name: 'direct-imports',
  setup: build => {
    build.onLoad({ filter: /\/src\/.*\.tsx?$/ }, ({ path }) => ({
      contents: withDirectImports(path, readFileSync(path, 'utf8')),
      loader: path.endsWith('x') ? 'tsx' : ('ts' satisfies Loader),
    }))
  },
}
