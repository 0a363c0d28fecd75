import { signal } from '@preact/signals'
import type { Mailbox, Phone } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { Waiting } from '../components/waiting.tsx'
import { formatTime } from '../format/moment.ts'
import { place } from '../i18n/words.ts'
import { now } from '../state/now.ts'
import { settingsHash } from '../state/parse-route.ts'
import { replaceRoute } from '../state/route.ts'
import { AppCode } from './app-code.tsx'
import { AskFirst } from './ask-first.tsx'
import { isOwner, mailboxes, phones, useKept } from './collections.ts'
import { Checks, Range, Switch, TextInput } from './fields.tsx'
import { Gone } from './gone.tsx'
import { OwnersForm } from './owners-form.tsx'
import { PhoneCredentials } from './phone-credentials.tsx'
import { PHONES_EVERY_MS } from './phones.tsx'
import { RemoveEntry } from './remove-entry.tsx'
import { Section } from './section.tsx'
import { SrtpChoice } from './srtp-choice.tsx'
import { useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

/** A password that was made just now, by the phone's id: shown until it was typed in, and kept nowhere. */
const fresh = signal<{ readonly id: string; readonly password: string } | null>(null)

interface PhoneFields {
  readonly name: string
  readonly mailboxes: readonly string[]
  readonly speaker: boolean
  readonly speakerGainDb: number
  readonly srtp: Phone['srtp']
}

/** One phone, or a new one. */
export function PhonePage({ id }: { readonly id: string }) {
  const t = settingsWords.value
  const rows = useKept(phones, PHONES_EVERY_MS)
  const boxes = useKept(mailboxes)
  if (rows === null || boxes === null) return <Waiting text={t.loading} />
  const phone = rows.find((row) => row.id === id)
  if (!phone && id !== 'new') return <Gone section="phones" />
  const password = fresh.value?.id === phone?.id ? fresh.value?.password : undefined
  return (
    <Section key={phone?.id ?? 'new'} title={phone?.name ?? t.phones.new} from="phones">
      {phone && password !== undefined && (
        <PhoneCredentials
          phone={phone}
          password={password}
          onDone={() => {
            fresh.value = null
          }}
        />
      )}
      {phone && password === undefined && <Devices phone={phone} />}
      {phone && isOwner() && <AppCode phone={phone} />}
      <PhoneForm {...(phone ? { phone } : {})} boxes={boxes} />
      {phone && isOwner() && <Acts phone={phone} />}
    </Section>
  )
}

function Devices({ phone }: { readonly phone: Phone }) {
  const t = settingsWords.value.phones
  return (
    <>
      <h2 class="panel-heading">{t.devices}</h2>
      <ul class="panel">
        {phone.devices.length === 0 && (
          <li class="panel-item panel-row">
            <span class="light" aria-hidden="true" />
            <span class="panel-detail">{phone.hasRegistered ? t.noDevices : t.never}</span>
          </li>
        )}
        {phone.devices.map(({ userAgent, address, until }) => (
          <li key={address} class="panel-item panel-row">
            <span class="light light-on" aria-hidden="true" />
            <span class="panel-text">
              <span class="panel-name">{userAgent || t.device}</span>
              <span class="panel-detail">
                <span class="number">{t.deviceAt(address)}</span>{' '}
                {t.until(formatTime(until, now.value, place.value))}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function PhoneForm({ phone, boxes }: { readonly phone?: Phone; readonly boxes: readonly Mailbox[] }) {
  const t = settingsWords.value
  const names = boxes.map(({ name }) => name)
  const [only] = names
  const { fields, changed, set, drop } = useDraft<PhoneFields>(`phones/${phone?.id ?? 'new'}`, {
    name: phone?.name ?? '',
    mailboxes: phone?.mailboxes ?? (only !== undefined ? [only] : []),
    speaker: phone?.speaker ?? false,
    speakerGainDb: phone?.speakerGainDb ?? 0,
    srtp: phone?.srtp ?? 'offered',
  })
  const disabled = !isOwner()

  const save = async () => {
    if (!phone) {
      const { id, name, password } = await api.addPhone({
        ...fields,
        name: fields.name.trim(),
        mailboxes: [...fields.mailboxes],
      })
      drop()
      if (password !== null) fresh.value = { id, password }
      await phones.read()
      replaceRoute(settingsHash('phones', id))
      return t.phones.added(name)
    }
    const change = Object.fromEntries(changed.map((field) => [field, fields[field]]))
    await api.changePhone(phone.id, change)
    await phones.read()
    drop()
    return t.saved(phone.name, changed.map((field) => t.phones.fields[field]).join(', '))
  }

  return (
    <OwnersForm
      dirty={changed.length > 0}
      save={save}
      discard={drop}
      {...(phone ? {} : { submit: t.phones.add })}
    >
      <div class="plate">
        {!phone && (
          <TextInput
            label={t.phones.name}
            hint={t.phones.nameHint}
            value={fields.name}
            required
            maxLength={64}
            code
            onInput={(name) => set({ name })}
          />
        )}
        <Checks
          label={t.phones.mailboxes}
          hint={t.phones.mailboxesHint}
          options={names}
          chosen={fields.mailboxes}
          disabled={disabled}
          onChange={(chosen) => set({ mailboxes: [...chosen] })}
        />
        <Switch
          label={t.phones.speaker}
          hint={t.phones.speakerHint}
          checked={fields.speaker}
          disabled={disabled}
          onChange={(speaker) => set({ speaker })}
        />
        {fields.speaker && (
          <Range
            label={t.phones.gain}
            hint={t.phones.gainHint}
            value={fields.speakerGainDb}
            min={-30}
            max={12}
            text={t.phones.gainDb(fields.speakerGainDb)}
            disabled={disabled}
            onInput={(speakerGainDb) => set({ speakerGainDb })}
          />
        )}
      </div>
      <SrtpChoice value={fields.srtp} disabled={disabled} onChoose={(srtp) => set({ srtp })} />
    </OwnersForm>
  )
}

function Acts({ phone: { id, name } }: { readonly phone: Phone }) {
  const t = settingsWords.value
  return (
    <div class="apart">
      <AskFirst
        name={t.phones.newPassword}
        sure={t.phones.newPasswordMake}
        question={t.phones.newPasswordAsk(name)}
        harmless
        act={async () => {
          const { password } = await api.changePhone(id, { newPassword: true })
          if (password !== null) fresh.value = { id, password }
          await phones.read()
          return t.phones.newPasswordMade(name)
        }}
      />
      <RemoveEntry
        question={t.phones.removeAsk(name)}
        remove={() => api.removePhone(id)}
        list={phones}
        section="phones"
        removed={t.phones.removed(name)}
      />
    </div>
  )
}
