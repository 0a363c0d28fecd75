import { describe } from 'vitest'
import { isInstalled } from '../../scripts/peers.mjs'

/**
 * A suite that needs real software: skipped by name where it is missing (with CI=true, scripts/test.mjs makes a failure
 * of that).
 */
export function describeWith(commands: readonly string[], name: string, suite: () => void): void {
  const missing = commands.filter((command) => !isInstalled(command))
  if (missing.length === 0) describe(name, suite)
  else describe.skip(`${name} (not installed: ${missing.join(', ')})`, suite)
}

/** Whether tests may make network namespaces and mounts here. */
export const isRoot = process.getuid?.() === 0
