import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { testPush } from '../api/push.ts'
import { RequestError } from '../api/request.ts'
import { Waiting } from '../components/waiting.tsx'
import { pushObstacle, switchPushOff, switchPushOn } from '../offline/push.ts'
import { push, useKept } from './collections.ts'
import { Switch } from './fields.tsx'
import { useAct } from './form.tsx'
import { Section } from './section.tsx'
import { TelLinks } from './tel-links.tsx'
import { settingsWords } from './words/settings-words.ts'

/** What is set for this browser alone: whether it is told of calls and messages while the page is closed. */
export function DevicePage() {
  const t = settingsWords.value
  return (
    <Section title={t.sections.device} lead={t.device.lead}>
      <Notifications />
      <TelLinks />
      <p class="section-foot">{t.device.keeps}</p>
    </Section>
  )
}

function Notifications() {
  const t = settingsWords.value
  const known = useKept(push)
  const obstacle = useSignal(pushObstacle())
  if (known === null) return <Waiting text={t.loading} />
  const { publicKey, subscribed } = known
  if (publicKey === null) return <Obstacle>{t.device.off}</Obstacle>
  if (obstacle.value !== null) return <Obstacle>{t.device[obstacle.value]}</Obstacle>
  return (
    <Choices
      publicKey={publicKey}
      subscribed={subscribed}
      onAsked={() => {
        obstacle.value = pushObstacle()
      }}
    />
  )
}

interface ChoicesProps {
  readonly publicKey: string
  readonly subscribed: boolean
  /** The user was asked, and may have said no. */
  readonly onAsked: () => void
}

function Choices({ publicKey, subscribed, onAsked }: ChoicesProps) {
  const t = settingsWords.value.device
  const { failure, busy, run } = useAct()
  const turn = async (on: boolean) => {
    await run(async () => {
      if (!on) await switchPushOff()
      else if ((await switchPushOn(publicKey).catch(explain)) === null) throw refusal(t.notAllowed)
      return on ? t.switchedOn : t.switchedOff
    })
    onAsked()
    await push.read()
  }
  const explain = (error: unknown): never => {
    // What the browser throws tells a person nothing.
    throw error instanceof DOMException ? refusal(t.noService) : error
  }
  return (
    <div class="plate">
      <Switch
        label={t.notifications}
        hint={t.notificationsHint}
        checked={subscribed}
        disabled={busy}
        onChange={(on) => void turn(on)}
      />
      {subscribed && (
        <div>
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() =>
              void run(async () => {
                await testPush()
                return t.tested
              })
            }
          >
            {t.test}
          </button>
        </div>
      )}
      <p class="form-failure" role="alert">
        {failure}
      </p>
    </div>
  )
}

/** What the browser refuses is said like what the machine does. */
const refusal = (message: string) => new RequestError({ code: 'browser', status: 0, message })

function Obstacle({ children }: { readonly children: ComponentChildren }) {
  const t = settingsWords.value.device
  return (
    <div class="plate">
      <p class="panel-name">{t.notifications}</p>
      <p>{children}</p>
    </div>
  )
}
