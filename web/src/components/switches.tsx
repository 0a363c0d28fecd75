import { daysBetween, formatDay, formatTime } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { now } from '../state/now.ts'
import { switches, switchTo } from '../state/switches.ts'
import { Choice } from './choice.tsx'
import { Icon } from './icon.tsx'

const HOUR_MS = 3_600_000
const ON_OFF = ['on', 'off'] as const
const PEACE = ['off', 'hour', 'on'] as const

/** The two switches of the house, in the menu. */
export function SwitchChoices() {
  const { switching } = words.value
  const known = switches.value
  if (!known) return null
  const { machineOn, doNotDisturb, doNotDisturbUntil } = known
  const peace = doNotDisturb ? (doNotDisturbUntil === null ? 'on' : 'hour') : 'off'
  return (
    <>
      <Choice
        label={switching.machine}
        chosen={machineOn ? 'on' : 'off'}
        options={ON_OFF.map((id) => ({ id, name: switching.machineIs[id] }))}
        onChoose={(id) => void switchTo({ machineOn: id === 'on' })}
      />
      <Choice
        label={switching.peace}
        chosen={peace}
        options={PEACE.map((id) => ({ id, name: switching.peaceIs[id] }))}
        onChoose={(id) =>
          void switchTo(
            id === 'hour'
              ? { doNotDisturbUntil: new Date(Date.now() + HOUR_MS).toISOString() }
              : { doNotDisturb: id === 'on', ...(id === 'on' && { doNotDisturbUntil: null }) },
          )
        }
      />
    </>
  )
}

/** Says so while the house is not as it mostly is, with the way back. */
export function SwitchBanners() {
  const { switching } = words.value
  const { machineOn = true, doNotDisturb = false, doNotDisturbUntil = null } = switches.value ?? {}
  return (
    <>
      {!machineOn && (
        <div class="banner banner-news">
          <Icon name="muted" />
          <p class="banner-text">{switching.isOff}</p>
          <button type="button" class="button" onClick={() => void switchTo({ machineOn: true })}>
            {switching.switchOn}
          </button>
        </div>
      )}
      {doNotDisturb && (
        <div class="banner banner-news">
          <Icon name="bell" />
          <p class="banner-text">
            {switching.isQuiet(doNotDisturbUntil === null ? null : momentOf(doNotDisturbUntil))}
          </p>
          <button type="button" class="button" onClick={() => void switchTo({ doNotDisturb: false })}>
            {switching.letRing}
          </button>
        </div>
      )}
    </>
  )
}

/** "15:00", or with its day where that is another one. */
function momentOf(at: string): string {
  const time = formatTime(at, now.value, place.value)
  return daysBetween(Date.parse(at), now.value, place.value) === 0
    ? time
    : `${formatDay(at, now.value, place.value)}, ${time}`
}
