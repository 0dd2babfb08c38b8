import { join } from 'node:path'
import { build } from 'esbuild'
import { quickModules } from '../../scripts/quick-modules.ts'

const root = join(import.meta.dirname, '../..')

/** What a module exports when it is bundled as the build bundles it, or with a library as it is. */
export const bundled = async <Exports>(contents: string, asItIs = false): Promise<Exports> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    plugins: asItIs ? [] : [quickModules],
  })
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`
  )
}
