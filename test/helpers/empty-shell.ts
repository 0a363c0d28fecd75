import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { askedCommand } from '../../src/cli/frame-program.ts'
import { createProgram } from '../../src/cli/program.ts'
import { reportError } from '../../src/cli/report-error.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

/** A shell in which `answerphone` is run, with a new folder for each test. */
export function emptyShell() {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'answerphone-cli-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const data = () => join(folder, 'data')

  /** Runs a command as the shell would, and gives what it said. */
  async function runWith(
    options: { input?: string; env?: NodeJS.ProcessEnv; columns?: number },
    ...args: string[]
  ) {
    let out = ''
    let err = ''
    const terminal: Terminal = {
      env: options.env ?? { ANSWERPHONE_DATA: data() },
      isStyled: false,
      columns: options.columns,
      print(text) {
        out += text
      },
      warn(text) {
        err += text
      },
      readInput: async () => options.input ?? '',
      readSecret: async () => options.input ?? '',
    }
    let code = 0
    try {
      const program = await createProgram(terminal, askedCommand(args))
      await program.parseAsync(['node', 'answerphone', ...args])
    } catch (error) {
      code = reportError(error, terminal)
    }
    return { code, out, err, json: () => JSON.parse(out) }
  }

  return {
    get folder() {
      return folder
    },
    /** The data directory that the commands take. */
    data,
    run: (...args: string[]) => runWith({}, ...args),
    runWith,
  }
}
