import { render } from 'preact'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import { App } from './app.tsx'
import { loadNumberFormats } from './format/phone-number.ts'
import { applyLanguage, loadWords } from './i18n/words.ts'
import { listenToKeys } from './keyboard/keyboard.ts'
import { showLampInTab } from './state/lamp-signs.ts'
import { keepTime } from './state/now.ts'
import { keepPhone } from './state/phone.ts'
import { followPlayer } from './state/play-through.ts'
import { followAddress } from './state/route.ts'
import { followSilence } from './state/silence.ts'
import { skipSilences } from './state/skip-silence.ts'
import {
  connectWhileLoggedIn,
  keepOfflineOnceLoggedIn,
  obeyAddress,
  startSession,
} from './state/start-session.ts'
import { applyTheme } from './state/theme.ts'
import { followWayOut } from './state/way-out.ts'

applyTheme()
applyLanguage()
keepTime()
followAddress()
followPlayer()
skipSilences()
listenToKeys()
followSilence()
showLampInTab()
connectWhileLoggedIn()
obeyAddress()
keepPhone()
followWayOut()

// Nobody is to see another language first.
await loadWords()
const root = document.querySelector('#page')
if (root) render(<App />, root)

keepOfflineOnceLoggedIn()
await startSession()
// A page that could not fetch the formats shows numbers as they came.
await loadNumberFormats().catch(() => {})
