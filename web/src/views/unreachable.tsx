import { words } from '../i18n/words.ts'
import { sessionFailed, startSession } from '../state/start-session.ts'
import { Entrance } from './entrance.tsx'

/** Before the server has answered for the first time: nothing, unless it does not answer. */
export function Unreachable() {
  const { banner } = words.value
  if (!sessionFailed.value) return null
  return (
    <Entrance title={banner.offline}>
      <button type="button" class="button button-main" onClick={() => void startSession()}>
        {banner.retry}
      </button>
    </Entrance>
  )
}
