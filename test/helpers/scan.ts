import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** What a scanner prints, whatever it thinks of the outcome. After `longestMs` it is stopped: some wait for ever. */
export function scan(command: string, args: readonly string[], longestMs = 60_000): Promise<string> {
  const cwd = mkdtempSync(`${tmpdir()}/scan-`)
  return new Promise((resolve) => {
    execFile(
      command,
      [...args],
      { cwd, env: { ...process.env, HOME: cwd }, timeout: longestMs },
      (_error, stdout, stderr) => resolve(`${stdout}${stderr}`),
    )
  })
}
