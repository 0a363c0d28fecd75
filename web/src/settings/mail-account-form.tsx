import type { AudioFormat, MailAccount, MailSettings, MailSettingsChange } from '../../../src/api/contract.ts'
import { changeMailSettings } from '../api/mail.ts'
import { splitAddresses } from '../format/split-addresses.ts'
import { language, languages } from '../i18n/words.ts'
import { isOwner, mailSettings } from './collections.ts'
import { Select, TextInput } from './fields.tsx'
import { Form } from './form.tsx'
import { ReadOnly } from './gone.tsx'
import { useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

type Security = MailAccount['security']

/** As it stands in the fields. */
interface Fields {
  readonly host: string
  readonly security: Security
  readonly port: string
  readonly user: string
  readonly password: string
  readonly from: string
  readonly alertTo: string
  readonly pageUrl: string
  readonly language: MailAccount['language']
  readonly format: AudioFormat
}

const PORTS: Readonly<Record<Security, string>> = { starttls: '587', tls: '465', none: '25' }

const fieldsOf = (account: MailAccount | null): Fields => ({
  host: account?.host ?? '',
  security: account?.security ?? 'starttls',
  port: String(account?.port ?? PORTS.starttls),
  user: account?.user ?? '',
  password: '',
  from: account?.from ?? '',
  alertTo: account?.alertTo.join(', ') ?? '',
  pageUrl: account ? (account.pageUrl ?? '') : `${location.origin}/`,
  language: account?.language ?? language.value,
  format: account?.format ?? 'mp3',
})

const orNone = (text: string) => (text.trim() === '' ? null : text.trim())

function changeOf(fields: Fields): MailSettingsChange {
  const { host, port, user, password, from, alertTo, pageUrl, ...rest } = fields
  return {
    ...rest,
    ...{ host: host.trim(), port: Number(port), from: from.trim(), alertTo: splitAddresses(alertTo) },
    ...{ user: orNone(user), pageUrl: orNone(pageUrl) },
    ...(password === '' ? {} : { password }),
  }
}

export function MailAccountForm({ account, isGiven }: MailSettings) {
  const t = settingsWords.value.mail
  const { fields, changed, set, drop } = useDraft<Fields>('mail', fieldsOf(account))
  const disabled = isGiven || !isOwner()

  const save = async () => {
    await changeMailSettings(changeOf(fields))
    await mailSettings.read()
    drop()
    return t.saved
  }
  const text = (
    field: 'host' | 'port' | 'user' | 'from' | 'alertTo' | 'pageUrl',
    label: string,
    hint: string | undefined,
    input: object = {},
  ) => (
    <TextInput
      label={label}
      hint={hint}
      value={fields[field]}
      code
      disabled={disabled}
      onInput={(value) => set({ [field]: value })}
      {...input}
    />
  )

  const content = (
    <>
      <div class="plate">
        {text('host', t.host, t.hostHint, { required: true, placeholder: 'smtp.example.org' })}
        <div class="plate-pair">
          <Select
            label={t.security}
            hint={t.securityHints[fields.security]}
            value={fields.security}
            options={(['starttls', 'tls', 'none'] as const).map((value) => ({
              value,
              name: t.securities[value],
            }))}
            disabled={disabled}
            onChoose={(security) =>
              // A port of one's own choice stays.
              set({ security, ...(fields.port === PORTS[fields.security] ? { port: PORTS[security] } : {}) })
            }
          />
          {text('port', t.port, undefined, { required: true, maxLength: 5 })}
        </div>
        <div class="plate-pair">
          {text('user', t.user, t.userHint, { maxLength: 200 })}
          <TextInput
            label={t.password}
            hint={account?.hasPassword ? t.passwordKept : t.passwordHint}
            type="password"
            value={fields.password}
            autocomplete="new-password"
            maxLength={500}
            disabled={disabled}
            onInput={(password) => set({ password })}
          />
        </div>
      </div>
      <div class="plate">
        <div class="plate-pair">
          {text('from', t.from, t.fromHint, { required: true, placeholder: 'me@example.org' })}
          {text('alertTo', t.alertTo, t.alertToHint, { placeholder: 'me@example.org' })}
          {text('pageUrl', t.pageUrl, t.pageUrlHint, { maxLength: 200 })}
          <Select
            label={t.language}
            value={fields.language}
            options={languages.map(({ id, name }) => ({ value: id, name }))}
            disabled={disabled}
            onChoose={(chosen) => set({ language: chosen })}
          />
          <Select
            label={t.format}
            value={fields.format}
            options={(['mp3', 'opus', 'wav'] as const).map((value) => ({ value, name: FORMATS[value] }))}
            disabled={disabled}
            onChoose={(format) => set({ format })}
          />
        </div>
      </div>
    </>
  )
  if (disabled) return <ReadOnly {...(isGiven ? { why: t.given } : {})}>{content}</ReadOnly>
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop}>
      {content}
    </Form>
  )
}

const FORMATS: Readonly<Record<AudioFormat, string>> = { mp3: 'MP3', opus: 'Opus', wav: 'WAV' }
