import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Phone } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { formatTime } from '../format/moment.ts'
import { place } from '../i18n/words.ts'
import { now } from '../state/now.ts'
import { reportFailure } from '../state/report-failure.ts'
import { about, useKept } from './collections.ts'
import { CopyButton } from './copy-button.tsx'
import { isLoopback, sipPlace } from './phone-account.ts'
import { qrCode } from './qr-code.ts'
import { settingsWords } from './words/settings-words.ts'
import './app-code.css'

/** Sets up an app on a telephone by its camera: the account is fetched, nothing is typed. */
export function AppCode({ phone }: { readonly phone: Phone }) {
  const t = settingsWords.value.phones
  const known = useKept(about)
  const link = useSignal<{ readonly url: string; readonly expiresAt: string } | null>(null)
  // Whatever is connected when the code appears was there before.
  const before = useSignal(0)
  const came = link.value !== null && phone.devices.length > before.value
  const expired = link.value !== null && Date.parse(link.value.expiresAt) <= now.value
  useEffect(() => {
    if (came || expired) link.value = null
  }, [came, expired])

  if (known === null) return null
  const { host, port, transports } = sipPlace(known.sip, location.hostname)
  const show = async () => {
    const transport = transports.length === 0 || transports.includes('UDP') ? 'udp' : 'tcp'
    before.value = phone.devices.length
    link.value = await api.makeAppLink(phone.id, { server: host, port, transport })
  }
  if (link.value === null)
    return (
      <div class="app-code">
        <p class="app-code-hint">{t.appHint}</p>
        <button type="button" class="button" onClick={() => void show().catch(reportFailure)}>
          {t.appShow}
        </button>
      </div>
    )
  const { url, expiresAt } = link.value
  const { size, path } = qrCode(url)
  return (
    <section class="app-code app-code-open" aria-label={t.appTitle}>
      <svg class="app-code-picture" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t.appPicture}>
        <path d={path} />
      </svg>
      <div class="app-code-text">
        <ol class="app-code-steps">
          {t.appSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {isLoopback(location.hostname) && <p class="app-code-hint">{t.localhost}</p>}
        <p class="app-code-hint">{t.appUntil(formatTime(expiresAt, now.value, place.value))}</p>
        <CopyButton what={t.appLink} text={url} name={t.appCopy} />
      </div>
    </section>
  )
}
