import { render } from 'preact'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/controls.css'
import { askAsNobody } from '../api/request.ts'
import { applyLanguage } from '../i18n/words.ts'
import { keepTime } from '../state/now.ts'
import { TryView } from './try-view.tsx'

applyLanguage()
keepTime()
askAsNobody()
const root = document.querySelector('#page')
if (root) render(<TryView token={location.hash.slice(1)} />, root)
