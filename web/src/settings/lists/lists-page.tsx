import { useSignal } from '@preact/signals'
import { checkNumber } from '../../api/number-lists.ts'
import { settingsHash } from '../../state/parse-route.ts'
import { reportFailure } from '../../state/report-failure.ts'
import { TextInput } from '../fields.tsx'
import { Section } from '../section.tsx'
import { settingsWords } from '../words/settings-words.ts'
import { ListForm } from './list-form.tsx'
import { ListRows } from './list-rows.tsx'
import { listWords } from './words/list-words.ts'

/** Block lists that others keep. */
export function ListsPage() {
  const t = listWords.value
  return (
    <Section
      title={settingsWords.value.sections.lists}
      lead={t.lead}
      act={
        <a class="button" href={settingsHash('rules')}>
          {t.toRules}
        </a>
      }
    >
      <ListRows />
      <h2 class="panel-heading">{t.heading}</h2>
      <ListForm />
      <NumberCheck />
    </Section>
  )
}

function NumberCheck() {
  const t = listWords.value
  const number = useSignal('')
  const answer = useSignal('')
  const look = async () => {
    try {
      const { number: asked, lists } = await checkNumber(number.value.trim())
      answer.value =
        lists.length === 0 ? t.onNone(asked) : t.on(asked, lists.map(({ name }) => name).join(', '))
    } catch (error) {
      reportFailure(error)
    }
  }
  return (
    <section class="section" aria-labelledby="check-heading">
      <h2 id="check-heading" class="panel-heading">
        {t.check}
      </h2>
      <form
        class="plate"
        onSubmit={(event) => {
          event.preventDefault()
          void look()
        }}
      >
        <TextInput
          label={t.number}
          value={number.value}
          code
          required
          maxLength={64}
          onInput={(text) => {
            number.value = text
          }}
        />
        <div>
          <button type="submit" class="button">
            {t.ask}
          </button>
        </div>
        <p role="status">{answer.value}</p>
      </form>
    </section>
  )
}
