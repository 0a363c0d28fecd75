import { useEffect } from 'preact/hooks'
import { replaceRoute } from '../state/route.ts'
import { neighbourStep, welcome } from '../state/welcome.ts'
import { MessagesView } from '../views/messages-view.tsx'
import { isOwner } from './collections.ts'
import { CallStep, GreetingStep, LineStep, PhoneStep } from './welcome-steps.tsx'

export interface StepProps {
  readonly onNext: () => void
}

const steps = { line: LineStep, greeting: GreetingStep, phone: PhoneStep, call: CallStep }

/** After the account is made: line, greeting, phone, test call; each can wait, and all of it comes but once. */
export function WelcomeView() {
  const step = welcome.value
  const over = step === 'done' || !isOwner()
  useEffect(() => {
    if (over) replaceRoute('#/messages')
  }, [over])
  if (over) return <MessagesView />
  const Step = steps[step]
  return (
    <Step
      key={step}
      onNext={() => {
        welcome.value = neighbourStep(step, 1)
      }}
    />
  )
}
