import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bundles the modules that know the documents' content, since Node runs no TSX, and gives their documents by path. */
const presentDocs = async (): Promise<Readonly<Record<string, string>>> => {
  const outfile = join(root, 'dist', 'generate', 'docs.mjs')
  mkdirSync(join(root, 'dist', 'generate'), { recursive: true })
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/docs.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    logLevel: 'warning',
  })
  const { docs } = await import(pathToFileURL(outfile).href)
  return docs
}

const readIfThere = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const docs = await presentDocs()
const stale = Object.entries(docs).filter(([path, text]) => readIfThere(join(root, path)) !== text)
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is not what the program says: run "npm run docs".`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  for (const [path, text] of stale) writeFileSync(join(root, path), text)
}
