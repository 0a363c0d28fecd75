import { askedCommand } from './cli/frame-program.ts'
import { createProgram } from './cli/program.ts'
import { reportError } from './cli/report-error.ts'
import { processTerminal } from './cli/terminal.ts'

/** The command line: bin/answerphone.js ends here, under a Node that runs TypeScript. */
const terminal = processTerminal()
try {
  const program = await createProgram(terminal, askedCommand(process.argv.slice(2)))
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = reportError(error, terminal)
}
