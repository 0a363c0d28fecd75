import { language, languages, words } from '../i18n/words.ts'
import { listenAtOnce, phoneLink, phoneSetting, phoneSettings } from '../state/phone.ts'
import { reportFailure } from '../state/report-failure.ts'
import { logOut, session } from '../state/session.ts'
import { theme, themes } from '../state/theme.ts'
import { Choice } from './choice.tsx'
import { Icon } from './icon.tsx'
import { showShortcuts } from './shortcuts-dialog.tsx'
import { SwitchChoices } from './switches.tsx'
import './menu.css'

const MENU_ID = 'menu'

/** The switches of the house, the few settings of this browser, and the way out. */
export function Menu() {
  const { nav, menu, phone } = words.value
  const name = session.value?.user?.name
  return (
    <>
      <button type="button" class="icon-button menu-button" aria-label={nav.menu} popovertarget={MENU_ID}>
        <Icon name="menu" />
      </button>
      <div id={MENU_ID} class="menu" popover="auto">
        <SwitchChoices />
        <Choice
          label={menu.theme}
          chosen={theme.value}
          options={themes.map((id) => ({ id, name: menu.themes[id] }))}
          onChoose={(id) => {
            theme.value = id
          }}
        />
        <Choice
          label={menu.language}
          chosen={language.value}
          options={languages}
          onChoose={(id) => {
            language.value = id
          }}
        />
        <div class="menu-phone">
          <Choice
            label={phone.setting}
            chosen={phoneSetting.value}
            options={phoneSettings.map((id) => ({ id, name: phone.settings[id] }))}
            onChoose={(id) => {
              phoneSetting.value = id
            }}
          />
          <p class="menu-hint" role="status">
            {phone.links[phoneSetting.value === 'off' ? 'off' : phoneLink.value]}
          </p>
          <label class="check menu-check">
            <input
              type="checkbox"
              checked={listenAtOnce.value === 'on'}
              onChange={(event) => {
                listenAtOnce.value = event.currentTarget.checked ? 'on' : 'off'
              }}
            />
            {phone.listenAtOnce}
          </label>
        </div>
        <a class="menu-act" href="#/kitchen">
          {menu.kitchen}
        </a>
        <button type="button" class="menu-act" onClick={showShortcuts}>
          {menu.keys}
          <kbd>?</kbd>
        </button>
        {name !== undefined && (
          <button type="button" class="menu-act" onClick={() => void logOut().catch(reportFailure)}>
            {menu.logOut}
            <span class="menu-user" title={menu.loggedInAs(name)}>
              {name}
            </span>
          </button>
        )}
      </div>
    </>
  )
}
