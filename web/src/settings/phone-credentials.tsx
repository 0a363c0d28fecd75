import { useEffect, useRef } from 'preact/hooks'
import type { Phone } from '../../../src/api/contract.ts'
import { about, useKept } from './collections.ts'
import { CopyButton } from './copy-button.tsx'
import { accountText, baresipAccount, isLoopback, type PhoneAccount, phoneAccount } from './phone-account.ts'
import { settingsWords } from './words/settings-words.ts'
import './phone-credentials.css'

interface PhoneCredentialsProps {
  readonly phone: Phone
  readonly password: string
  readonly onDone: () => void
}

/** What to type into a phone, with the password that is shown this once; and whether the phone has come. */
export function PhoneCredentials({ phone, password, onDone }: PhoneCredentialsProps) {
  const t = settingsWords.value.phones
  const box = useRef<HTMLElement>(null)
  const known = useKept(about)
  useEffect(() => box.current?.focus(), [known === null])
  if (known === null) return null
  const account = phoneAccount(known.sip, location.hostname, phone.name, password)
  const names = {
    server: t.server,
    port: t.port,
    user: t.user,
    password: t.password,
    transport: t.transport,
  }
  const [device] = phone.devices
  return (
    <section ref={box} class="credentials" tabIndex={-1} aria-label={t.account}>
      <h2 class="credentials-title">{t.account}</h2>
      <p class="credentials-hint">{t.accountHint}</p>
      <dl class="credentials-rows">
        {(Object.keys(names) as (keyof PhoneAccount)[])
          .filter((field) => account[field] !== '')
          .map((field) => (
            <div key={field} class="credentials-row">
              <dt>{names[field]}</dt>
              <dd class="number" data-field={field}>
                {account[field]}
              </dd>
              {field !== 'transport' && (
                <dd class="credentials-copy">
                  <CopyButton what={names[field]} text={account[field]} />
                </dd>
              )}
            </div>
          ))}
      </dl>
      {isLoopback(account.server) && <p class="credentials-hint">{t.localhost}</p>}
      <div class="credentials-foot">
        <p class="credentials-state" role="status">
          <span class={device ? 'light light-on' : 'light light-waiting'} aria-hidden="true" />
          {device ? t.arrived(device.userAgent || t.device) : t.waiting}
        </p>
        <CopyButton what={t.all} text={accountText(account, names)} name={t.copyAll} />
        <CopyButton what={t.baresip} text={baresipAccount(account)} name={t.copyBaresip} />
        <button type="button" class="button" onClick={onDone}>
          {t.done}
        </button>
      </div>
    </section>
  )
}
