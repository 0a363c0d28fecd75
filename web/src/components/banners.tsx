import { words } from '../i18n/words.ts'
import { connection, reconnectNow } from '../state/connection.ts'
import { health } from '../state/health.ts'
import { touchNeeded } from '../state/touch.ts'
import { Icon } from './icon.tsx'
import './banners.css'

/** What keeps the machine from its work: out of reach, shutting down, or a problem that its owner must mend. */
export function Banners() {
  return (
    <div class="banners" role="status">
      {connection.value === 'lost' ? <Offline /> : <HealthProblems />}
      {touchNeeded.value && <Mute />}
    </div>
  )
}

function Offline() {
  const { banner } = words.value
  return (
    <div class="banner">
      <Icon name="warning" />
      <p class="banner-text">{banner.offline}</p>
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
