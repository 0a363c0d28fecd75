import { defineConfig } from 'vitest/config'
import { MixedSequencer } from './test/helpers/mixed-sequencer.ts'

/** The glass on real sockets: each meets whatever the computer is busy with on all its sides alike, and two leave it half of its time. */
const GLASS = ['test/glass/real/*.test.ts']

/** What counts frames, weighs memory or wants something within so many ms: two cores can't keep that honest for two tests at once. */
const TIMED = [
  'test/interop/page-phones-together.test.ts',
  'test/interop/page-soak.test.ts',
  'test/interop/pick-up-races.test.ts',
  'test/interop/pick-up.test.ts',
  'test/interop/strangers.test.ts',
]

/**
 * As long as anything takes on a machine that is half as fast, that others use, too, and on which packages are being installed; nothing is
 * slower for it where all is well.
 */
const patience = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 30_000 } },
}

/** The program, started, with real peers. */
const withPeers = { ...patience, globalSetup: ['test/helpers/build-page.ts'] }

/**
 * Four projects, one after another: `unit` needs nothing but the checkout (no sleeps, no real ports); `real` starts the
 * server and drives it with real peers, two files side by side, because peers mostly wait; so does `glass`, which compares
 * calls; `timed` is as `real`, one file after another.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: MixedSequencer },
    projects: [
      {
        test: {
          ...patience,
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'web/src/**/*.test.ts',
            'web/worker/**/*.test.ts',
            'test/*.test.ts',
            'test/helpers/**/*.test.ts',
            'test/fuzz/*.test.ts',
            'test/glass/*.test.ts',
            'test/glass/statistics/*.test.ts',
          ],
          setupFiles: ['test/helpers/leak-check.ts'],
          // Modules are loaded once for all files, which halves the time: no module has a state that a file could leave
          // to the next, and what a test put in place of something is taken back.
          isolate: false,
          // Without it there is one fewer than the machine has processors: of two, one would be at rest.
          maxWorkers: '100%',
          restoreMocks: true,
          unstubGlobals: true,
        },
      },
      {
        test: {
          ...withPeers,
          name: 'real',
          include: ['test/interop/**/*.test.ts', 'test/faults/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [...TIMED, ...GLASS],
          // Three were tried: some files run several machines of their own, and peers timed out.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...withPeers,
          name: 'glass',
          include: GLASS,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...withPeers,
          name: 'timed',
          include: TIMED,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
