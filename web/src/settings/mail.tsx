import { forgetMailAccount } from '../api/mail.ts'
import { Waiting } from '../components/waiting.tsx'
import { AskFirst } from './ask-first.tsx'
import { isOwner, mailSettings, useKept } from './collections.ts'
import { MailAccountForm } from './mail-account-form.tsx'
import { MailQueue } from './mail-queue.tsx'
import { MailTest } from './mail-test.tsx'
import { Section } from './section.tsx'
import { settingsWords } from './words/settings-words.ts'

/** By which account messages are mailed, whether that works, and what is on its way. */
export function MailPage() {
  const t = settingsWords.value
  const known = useKept(mailSettings)
  return (
    <Section title={t.sections.mail} lead={t.mail.lead}>
      {known === null ? (
        <Waiting text={t.loading} />
      ) : (
        <>
          <MailAccountForm {...known} />
          {known.account && isOwner() && <MailTest account={known.account} />}
          <MailQueue />
          {known.account && !known.isGiven && isOwner() && (
            <div class="apart">
              <AskFirst name={t.mail.forget} question={t.mail.forgetAsk} act={forget} />
            </div>
          )}
        </>
      )}
    </Section>
  )
}

async function forget(): Promise<string> {
  await forgetMailAccount()
  await mailSettings.read()
  return settingsWords.value.mail.forgotten
}
