import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/kit/build-program.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    unstubEnvs: true,
  },
})
