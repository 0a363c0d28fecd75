import { defineConfig } from 'vitest/config'

/**
 * Two projects: `unit` needs nothing but the checkout (no sleeps, no real ports); `real` starts the server and
 * drives it with real peers, one file after another, because two cores can't keep two calls' timing honest.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'web/src/**/*.test.ts',
            'test/*.test.ts',
            'test/helpers/**/*.test.ts',
            'test/glass/*.test.ts',
            'test/glass/statistics/*.test.ts',
          ],
          setupFiles: ['test/helpers/leak-check.ts'],
        },
      },
      {
        test: {
          name: 'real',
          include: [
            'test/interop/**/*.test.ts',
            'test/faults/**/*.test.ts',
            'test/glass/real/*.test.ts',
            'examples/**/*.test.ts',
          ],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
