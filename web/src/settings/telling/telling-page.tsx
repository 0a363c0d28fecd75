import { Section } from '../section.tsx'
import { settingsWords } from '../words/settings-words.ts'
import { DeadLetters } from './dead-letters.tsx'
import { MqttForm } from './mqtt-form.tsx'
import { QuietForm } from './quiet-form.tsx'
import { TargetForm } from './target-form.tsx'
import { TargetList } from './target-list.tsx'
import { tellingWords } from './words/telling-words.ts'

/** Who is told what happens, and when not: webhooks, topics, a broker, quiet hours. */
export function TellingPage() {
  return (
    <Section title={settingsWords.value.sections.telling} lead={tellingWords.value.lead}>
      <TargetList />
      <TargetForm />
      <DeadLetters />
      <QuietForm />
      <MqttForm />
    </Section>
  )
}
