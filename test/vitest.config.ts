import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

export default defineConfig({
  root,
  test: {
    // Half as many again as there are cores: terminals, connections and time limits are waited for.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    testTimeout: 40_000,
    hookTimeout: 120_000,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: { name: 'rooms', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**'] },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/kit/build-program.ts'],
        },
      },
    ],
  },
})
