import { Command, Option } from 'commander'
import { changeMailAccount, forgetMailAccount, sendTestMail } from '../api/acts/mail-account.ts'
import { findMails, removeMail, retryMail } from '../api/acts/mails.ts'
import {
  audioFormat,
  type Mail,
  mailListQuery,
  mailSecurity,
  mailSettingsChange,
  mailTest,
} from '../api/contract.ts'
import { showMailSettings } from '../api/views/mail.ts'
import { readAddresses } from './address-list.ts'
import { checkChange, checkInput, readLimit, toNumber } from './check-input.ts'
import { collectPages } from './collect-pages.ts'
import { withData } from './data.ts'
import { localTime } from './moment.ts'
import { type PasswordFlags, readGivenPassword } from './read-password.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<Mail>[] = [
  ['QUEUED', (mail) => localTime(mail.createdAt)],
  ['TO', (mail) => mail.to],
  ['STATE', (mail) => mail.state],
  ['BY', (mail) => mail.by],
  ['NEXT TRY', (mail) => localTime(mail.nextAt)],
  ['WHY', (mail) => mail.problem && `${mail.problem.code} ${mail.problem.detail}`],
  ['MESSAGE', aboutOf],
  ['ID', (mail) => mail.id],
]

/** What it brings, or tells of. */
function aboutOf({ messageId, lineNews, lockNews, fillNews }: Mail): string {
  if (messageId !== null) return messageId
  if (fillNews) return `${fillNews.mailbox ?? 'disk'} ${fillNews.percent} % full`
  return lockNews ? `wrong PINs for ${lockNews.mailbox}` : `line ${lineNews?.line} ${lineNews?.state}`
}

interface Flags extends PasswordFlags {
  readonly host?: string
  readonly port?: string
  readonly security?: string
  readonly user?: string
  readonly from?: string
  readonly alertTo?: string
  readonly pageUrl?: string
  readonly language?: string
  readonly format?: string
}

const orNone = (text: string | undefined) => (text === '' ? null : text)

/** `answerphone mail …`: the account by which messages are mailed, and what waits to be. */
export function mailCommand(terminal: Terminal): Command {
  const mail = new Command('mail').description('messages by mail: the account, and what waits to be sent')

  mail
    .command('show')
    .description('show the account as JSON, without its password')
    .action((_flags, command: Command) =>
      withData(command, async (data) => {
        const { account } = await showMailSettings(data.mail.accounts)
        terminal.print(`${JSON.stringify(account, null, 2)}\n`)
      }),
    )

  mail
    .command('set')
    .description('set the account up, or change it')
    .option('--host <HOST>', 'the mail server')
    .option('--port <PORT>', '(default 587, 465 with tls, 25 with none)')
    .addOption(
      new Option('--security <HOW>', 'how the connection is made safe (default starttls)').choices(
        mailSecurity.options,
      ),
    )
    .option('--user <USER>', 'who logs in there; empty for nobody')
    .option('--password <PASSWORD>', 'its password; others on this machine may see it here')
    .option('--password-stdin', 'read the password from the standard input')
    .option('--from <ADDRESS>', 'the address that mails come from')
    .option('--alert-to <ADDRESSES>', 'who is told when a line is lost, with commas; empty: --from')
    .option('--page-url <URL>', 'where recipients find the page; empty for no link')
    .addOption(new Option('--language <LANGUAGE>', 'of the mails (default en)').choices(['en', 'de']))
    .addOption(
      new Option('--format <FORMAT>', 'what recordings are attached as (default mp3)').choices(
        audioFormat.options,
      ),
    )
    .action((flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const { host, port, security, user, from, alertTo, pageUrl, language, format } = flags
          const change = checkChange(mailSettingsChange, {
            ...{ host, port: toNumber(port), security, user: orNone(user), from },
            ...{ pageUrl: orNone(pageUrl), language, format },
            alertTo: readAddresses(alertTo),
            password: await readGivenPassword(flags, terminal),
          })
          const account = await changeMailAccount(data, change)
          terminal.print(
            `Mail goes by ${account.host}:${account.port}. Try it: answerphone mail test ADDRESS\n`,
          )
        },
        { create: true },
      ),
    )

  mail
    .command('test')
    .description('send a test mail')
    .argument('<address>')
    .action((to: string, _flags, command: Command) =>
      withData(command, async (data) => {
        const { answer } = await sendTestMail(data, checkInput(mailTest, { to }, { to: 'address' }).to)
        terminal.print(`Sent. The server says: ${answer}\n`)
      }),
    )

  mail
    .command('forget')
    .description('forget the account')
    .action((_flags, command: Command) =>
      withData(command, async (data) => {
        await forgetMailAccount(data)
        terminal.print('No mail is sent any more.\n')
      }),
    )

  mail
    .command('list')
    .description('list what was mailed or waits for it, the newest first')
    .option('--json', 'as JSON')
    .addOption(new Option('--state <STATE>', 'only these').choices(['waiting', 'sent', 'failed']))
    .option('--message <ID>', 'only this message')
    .option('--limit <N>', 'at most so many', '50')
    .action((flags: { json?: boolean; state?: string; message?: string; limit: string }, command: Command) =>
      withData(command, async (data) => {
        const { json, limit, ...rest } = flags
        const query = checkInput(mailListQuery, rest)
        const rows = await collectPages(readLimit(limit), async (page) => {
          const { mails, nextCursor } = await findMails(data, { ...query, ...page })
          return { rows: mails, nextCursor }
        })
        printRows(rows, COLUMNS, { terminal, json, none: 'No mails.' })
      }),
    )

  mail
    .command('retry')
    .description('try one now that waits or has failed')
    .argument('<id>')
    .action((id: string, _flags, command: Command) =>
      withData(command, async (data) => void (await retryMail(data, id))),
    )

  mail
    .command('remove')
    .description('take one out of the list; what still waits is not sent')
    .argument('<id>')
    .action((id: string, _flags, command: Command) => withData(command, (data) => removeMail(data, id)))

  return mail
}
