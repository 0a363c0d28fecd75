import { useAct } from './form.tsx'
import { settingsWords } from './words/settings-words.ts'

/** Where a link's number is shown, to be called or not: in the fragment, which no server gets to see. */
const PHONE = '/#/phone/%s'

/** Lets telephone links of other pages, and of other programs, come here: their number stands in the field then. */
export function TelLinks() {
  const t = settingsWords.value.device
  const { failure, run } = useAct()
  if (!('registerProtocolHandler' in navigator)) return null
  return (
    <div class="plate">
      <div>
        <p class="field-label">{t.links}</p>
        <p class="field-hint field-calm">{t.linksHint}</p>
      </div>
      <div>
        <button
          type="button"
          class="button"
          onClick={() =>
            void run(async () => {
              navigator.registerProtocolHandler('tel', `${location.origin}${PHONE}`)
              return t.linksAsked
            })
          }
        >
          {t.linksTake}
        </button>
      </div>
      <p class="form-failure" role="alert">
        {failure}
      </p>
    </div>
  )
}
