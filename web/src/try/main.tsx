import { render } from 'preact'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/controls.css'
import { askAsNobody } from '../api/request.ts'
import { applyLanguage } from '../i18n/words.ts'
import { TryView } from './try-view.tsx'

applyLanguage()
askAsNobody()
const root = document.querySelector('#page')
if (root) render(<TryView token={location.hash.slice(1)} />, root)
