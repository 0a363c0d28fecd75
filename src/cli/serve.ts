import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { within } from '../mailbox/within.ts'
import { trimMemory } from '../media/trim-memory.ts'
import { systemClock } from '../shared/clock.ts'
import { openLog } from '../shared/log.ts'
import { settleMemory } from '../shared/settle-memory.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { pageUrl } from './page-url.ts'
import type { Terminal } from './terminal.ts'

/** How long calls in progress may go on after SIGTERM: longer than any message. A second signal ends them. */
const PATIENCE_MS = 70 * 60_000
/** By then what the start has used is freed. */
const TRIM_AFTER_MS = 5000
/** How long they may take to be ended, and everything to be closed. */
const LAST_WORDS_MS = 2500

/** `answerphone serve`: runs the machine until it is told to stop. */
export function serveCommand(terminal: Terminal): Command {
  return withConfigOptions(new Command('serve'))
    .description('run the machine: take calls, serve the page and the API')
    .addHelpText(
      'after',
      `
Flags win over the environment, which wins over the file. In the file the keys
are the flags without dashes:

  data: /var/lib/answerphone
  sip: ["0.0.0.0:5060", "[::]:5060"]
  http: 0.0.0.0:8080

When calls are taken, stdout has one line:
answerphone ready sip=HOST:PORT http=HOST:PORT [https=HOST:PORT]
  [sips=HOST:PORT]
SIGTERM, SIGINT and SIGHUP refuse new calls, wait for those in progress and end
with exit code 0; a second SIGTERM or SIGINT hangs up on them and ends within
seconds.`,
    )
    .action(async (_flags, command: Command) => {
      const signals = listenForSignals()
      const { startAnswerphone } = await import('../main.ts')
      const config = readConfig(flagsOf(command), terminal.env)
      const log = openLog(config.logLevel)
      const asked = signals.next()
      const askedAgain = asked.then(() => signals.next())
      const machine = await Promise.race([startAnswerphone(config, log), askedAgain])
      // Nobody was promised anything yet, and the next start finds all that a crash would leave.
      if (typeof machine === 'string') return process.exit(0)
      const https = machine.https === undefined ? '' : ` https=${machine.https}`
      const sips = machine.sips === undefined ? '' : ` sips=${machine.sips}`
      terminal.print(`answerphone ready sip=${machine.sip} http=${machine.http}${https}${sips}\n`)
      if (machine.setupLink !== undefined) {
        const { hash } = new URL(machine.setupLink)
        terminal.warn(`Nobody has an account yet. This link makes the owner's, once, within a day:\n`)
        terminal.warn(`  ${pageUrl(machine)}${hash}\n`)
      }
      settleMemory()
      systemClock.setTimer(TRIM_AFTER_MS, () => void trimMemory())
      const signal = await asked
      log.info({ signal }, 'stopping: new calls are refused, those in progress are finished')
      const over = machine.stop(PATIENCE_MS)
      const again = await Promise.race([over, askedAgain])
      if (again) {
        log.warn({ signal: again }, 'stopping at once: calls in progress are ended')
        // Both: whichever comes second finds everything closing already, and does not wait for it.
        await within(Promise.all([over, machine.stop(0)]), LAST_WORDS_MS, systemClock)
      }
      // Whatever would still keep the process: the journal has what was recorded.
      process.exit(0)
    })
}

interface Signals {
  /** The next one that nobody has taken yet, be it past or to come. */
  next(): Promise<NodeJS.Signals>
}

/**
 * From now on a signal waits until it is asked for, and ends the process by itself no more: a service manager may send
 * it as soon as it has read that the machine is ready, or before.
 */
function listenForSignals(): Signals {
  const come: NodeJS.Signals[] = []
  const waiting: ((signal: NodeJS.Signals) => void)[] = []
  let wasTold = false
  const take = (signal: NodeJS.Signals) => {
    wasTold = true
    const taker = waiting.shift()
    if (taker) taker(signal)
    else come.push(signal)
  }
  process.on('SIGTERM', take).on('SIGINT', take)
  // A terminal that closes tells each process, and they pass it on: it never means "at once".
  process.on('SIGHUP', (signal) => wasTold || take(signal))
  return {
    next: () =>
      new Promise((resolve) => {
        const signal = come.shift()
        if (signal) resolve(signal)
        else waiting.push(resolve)
      }),
  }
}
