import { keptAt } from '../api/kept-at.ts'
import { formatDay, formatTime } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { connection, reconnectNow } from '../state/connection.ts'
import { fills } from '../state/fills.ts'
import { health } from '../state/health.ts'
import { newVersion } from '../state/new-version.ts'
import { now } from '../state/now.ts'
import { offline } from '../state/offline.ts'
import { phoneCall } from '../state/phone.ts'
import { touchNeeded } from '../state/touch.ts'
import { Icon } from './icon.tsx'
import { SwitchBanners } from './switches.tsx'
import './banners.css'

/**
 * What keeps the machine from its work: out of reach, shutting down, or a problem that its owner must mend; that it is
 * switched off, or phones are quiet; and that there is a new version of the page.
 */
export function Banners() {
  return (
    <div class="banners" role="status">
      {connection.value === 'lost' ? <Offline /> : <HealthProblems />}
      {touchNeeded.value && <Mute />}
      {connection.value !== 'lost' && <Fills />}
      <SwitchBanners />
      <NewVersion />
    </div>
  )
}

function Offline() {
  const { banner } = words.value
  return (
    <div class="banner">
      <Icon name="warning" />
      <div class="banner-text">
        <p>{banner.offline}</p>
        {offline.value && keptAt.value !== null && (
          <p class="banner-more">{words.value.offline.lastSeen(momentOf(keptAt.value))}</p>
        )}
      </div>
      <button type="button" class="button" onClick={reconnectNow}>
        {banner.retry}
      </button>
    </div>
  )
}

/** Any touch will do; the button says so. */
function Mute() {
  const { banner } = words.value
  return (
    <div class="banner banner-mute">
      <Icon name="ear" />
      <p class="banner-text">{banner.mute}</p>
      <button type="button" class="button">
        {banner.unmute}
      </button>
    </div>
  )
}

const HOUR_MS = 3_600_000

/** "5 minutes ago"; after an hour, "Today, 14:05". */
function momentOf(at: string): string {
  const time = formatTime(at, now.value, place.value)
  return now.value - Date.parse(at) < HOUR_MS ? time : `${formatDay(at, now.value, place.value)}, ${time}`
}

/** Never by itself: what is being done here would be lost, and a call cut. */
function NewVersion() {
  const { banner } = words.value
  const reload = newVersion.value
  if (!reload) return null
  const talks = phoneCall.value !== null
  return (
    <div class="banner banner-news">
      <p class="banner-text">{talks ? banner.newVersionAfterCall : banner.newVersion}</p>
      <button type="button" class="button" disabled={talks} onClick={reload}>
        {banner.reload}
      </button>
    </div>
  )
}

function Fills() {
  if (fills.value.length === 0) return null
  return (
    <div class="banner">
      <Icon name="warning" />
      <div class="banner-text">
        {fills.value.map(({ mailbox, percent }) => (
          <p key={mailbox}>{words.value.banner.filled(mailbox, percent)}</p>
        ))}
      </div>
    </div>
  )
}

function HealthProblems() {
  const { banner } = words.value
  const { problems = [], draining = false } = health.value ?? {}
  if (problems.length === 0 && !draining) return null
  return (
    <div class="banner">
      <Icon name="warning" />
      <div class="banner-text">
        {draining && <p>{banner.draining}</p>}
        {problems.length > 0 && <p class="banner-title">{banner.problems}</p>}
        {problems.map(({ code, message }) => (
          <p key={code} title={code}>
            {message}
          </p>
        ))}
      </div>
    </div>
  )
}
