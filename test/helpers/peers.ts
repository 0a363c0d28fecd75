import { describe } from 'vitest'
import { isInstalled } from '../../scripts/peers.mjs'

type Suite = (commands: readonly string[], name: string, suite: () => void) => void

const needing =
  (suite: typeof describe | typeof describe.concurrent): Suite =>
  (commands, name, tests) => {
    const missing = commands.filter((command) => !isInstalled(command))
    if (missing.length === 0) suite(name, tests)
    else suite.skip(`${name} (not installed: ${missing.join(', ')})`, tests)
  }

/**
 * A suite that needs real software: skipped by name where it is missing (with CI=true, scripts/test.mjs makes a failure
 * of that). The tests of a `concurrent` one run at once, and beside those of its neighbours that are so too.
 */
export const describeWith: Suite & { readonly concurrent: Suite } = Object.assign(needing(describe), {
  concurrent: needing(describe.concurrent),
})

/** Whether tests may make network namespaces and mounts here. */
export const isRoot = process.getuid?.() === 0
