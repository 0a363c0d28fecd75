import { frameProgram, isServing } from './cli/frame-program.ts'
import { reportError } from './cli/report-error.ts'
import { processTerminal } from './cli/terminal.ts'

/** The command line: bin/answerphone.js ends here, under a Node that runs TypeScript. */
const terminal = processTerminal()
try {
  // The machine holds in memory no command that it is not.
  const program = isServing(process.argv.slice(2))
    ? frameProgram(terminal)
    : await (await import('./cli/program.ts')).createProgram(terminal)
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = reportError(error, terminal)
}
