import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './kit/longest-first.ts'

const root = new URL('..', import.meta.url).pathname

/** Tests that change what a worker has loaded, or that measure it. */
const apart = [
  'test/diagnosis/scanner.test.ts',
  'test/facts/hostile-texts.test.ts',
  'test/runtime/session-lock-rivals.test.ts',
  'test/ui/present/code-languages.test.ts',
]

export default defineConfig({
  root,
  test: {
    // Half as many again as there are cores: terminals, connections and time limits are waited for.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    sequence: { sequencer: LongestFirst },
    testTimeout: 40_000,
    hookTimeout: 120_000,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', ...apart],
          // Most of a small file's time goes into loading the program: the files that a worker runs share what it has loaded.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'apart', include: apart } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/kit/build-program.ts'],
          isolate: false,
        },
      },
    ],
  },
})
