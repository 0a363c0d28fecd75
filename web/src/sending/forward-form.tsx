import { useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import type { AudioFormat, MailAccount, Message } from '../../../src/api/contract.ts'
import { forwardMessage } from '../api/mail.ts'
import { Choice } from '../components/choice.tsx'
import { Waiting } from '../components/waiting.tsx'
import { splitAddresses } from '../format/split-addresses.ts'
import { place } from '../i18n/words.ts'
import { isOwner, mailboxes, mailSettings, mails, useKept } from '../settings/collections.ts'
import { Select, TextInput } from '../settings/fields.tsx'
import { useAct } from '../settings/form.tsx'
import { settingsWords } from '../settings/words/settings-words.ts'
import { settingsHash } from '../state/parse-route.ts'
import { sendingWords } from './words/sending-words.ts'

/** As long as the contract lets a note be. */
const LONGEST_NOTE = 2000
/** They go by themselves. */
const MAILS_EVERY_MS = 5_000

interface FormProps {
  readonly message: Message
  readonly close: () => void
}

/** Where a message goes: to addresses, into another mailbox, or both. */
export function ForwardForm({ message, close }: FormProps) {
  const boxes = useKept(mailboxes)
  const mail = useKept(mailSettings)
  if (boxes === null || mail === null) return <Waiting text={sendingWords.value.loading} />
  const others = boxes.map(({ name }) => name).filter((name) => name !== message.mailbox)
  return <Fields message={message} close={close} account={mail.account} others={others} />
}

function Fields({
  message,
  close,
  account,
  others,
}: FormProps & { readonly account: MailAccount | null; readonly others: readonly string[] }) {
  const t = sendingWords.value
  const to = useSignal('')
  const mailbox = useSignal('')
  const note = useSignal('')
  const format = useSignal<AudioFormat>(account?.format ?? 'mp3')
  const noteId = useId()
  const { failure, busy, run } = useAct()
  useEffect(() => document.querySelector<HTMLElement>('.sending input, .sending select')?.focus(), [])

  async function send(): Promise<string> {
    const addresses = splitAddresses(to.value)
    const { mails, copy } = await forwardMessage(message.id, {
      to: addresses,
      note: note.value,
      format: format.value,
      ...(mailbox.value === '' ? {} : { mailbox: mailbox.value }),
    })
    const recipients = new Intl.ListFormat(place.value.language).format(mails.map((mail) => mail.to))
    const said = [mails.length > 0 && t.mailed(recipients), copy && t.copied(copy.mailbox)]
    return said.filter(Boolean).join('. ')
  }

  const isEmpty = to.value.trim() === '' && mailbox.value === ''
  return (
    <form
      class="sending-form"
      onSubmit={async (event) => {
        event.preventDefault()
        if (!busy && !isEmpty && (await run(send))) close()
      }}
    >
      {account ? (
        <TextInput
          label={t.to}
          hint={t.toHint}
          value={to.value}
          placeholder="ruth@example.org"
          autocomplete="email"
          code
          onInput={(text) => {
            to.value = text
          }}
        />
      ) : (
        <p class="sending-hint">
          {t.noMail}{' '}
          {isOwner() ? (
            <a class="text-link" href={settingsHash('mail')} onClick={close}>
              {t.setUpMail}
            </a>
          ) : (
            t.askOwner
          )}
        </p>
      )}
      {others.length > 0 && (
        <Select
          label={t.mailbox}
          hint={t.mailboxHint}
          value={mailbox.value}
          options={[{ value: '', name: t.mailboxNone }, ...others.map((name) => ({ value: name, name }))]}
          onChoose={(name) => {
            mailbox.value = name
          }}
        />
      )}
      <div class="field">
        <label class="field-label" for={noteId}>
          {t.note}
        </label>
        <textarea
          id={noteId}
          rows={2}
          maxLength={LONGEST_NOTE}
          placeholder={t.noteHint}
          value={note}
          onInput={(event) => {
            note.value = event.currentTarget.value
          }}
        />
      </div>
      {to.value.trim() !== '' && <FormatChoice format={format} />}
      <MailedBefore id={message.id} />
      <p class="form-failure" role="alert">
        {failure}
      </p>
      <div class="dialog-acts">
        {isEmpty && <span class="sending-hint">{t.sendWhere}</span>}
        <button type="button" class="button" onClick={close}>
          {t.cancel}
        </button>
        <button type="submit" class="button button-main" disabled={busy || isEmpty}>
          {t.send}
        </button>
      </div>
    </form>
  )
}

/** Where the message was mailed already, and what became of that; the list of mails has more. */
function MailedBefore({ id }: { readonly id: string }) {
  const t = sendingWords.value
  const { states, problems } = settingsWords.value.mail
  const before = useKept(mails, MAILS_EVERY_MS)?.filter(({ messageId }) => messageId === id) ?? []
  if (before.length === 0) return null
  return (
    <div>
      <p class="field-label">{t.before}</p>
      <ul class="sending-hint">
        {before.map(({ id, to, state, problem }) => (
          <li key={id}>
            {to}: {states[state]}
            {problem && state !== 'sent' && `. ${problems[problem.code] ?? problem.detail}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** WAV, MP3 or Opus, and what each is good for. */
export function FormatChoice({ format }: { readonly format: { value: AudioFormat } }) {
  const t = sendingWords.value
  return (
    <div>
      <Choice
        label={t.format}
        chosen={format.value}
        options={(['mp3', 'opus', 'wav'] as const).map((id) => ({ id, name: t.formats[id] }))}
        onChoose={(id) => {
          format.value = id
        }}
      />
      <p class="sending-hint" role="status">
        {t.formatHints[format.value]}
      </p>
    </div>
  )
}
