import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Before any test: the bundled program that end-to-end tests start is that of the sources as they are. */
export const setup = (): void => {
  const script = fileURLToPath(new URL('../../scripts/build.ts', import.meta.url))
  execFileSync(process.execPath, [script, '--if-stale'], { stdio: 'inherit' })
}
