import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { LinePreset } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { CallCommand } from '../components/call-command.tsx'
import { TryLink } from '../components/try-link.tsx'
import { liveCalls } from '../state/calls.ts'
import { newCount } from '../state/messages.ts'
import { neighbourStep, type WelcomeStep, welcome, welcomeSteps } from '../state/welcome.ts'
import { lines, mailboxes, phones, useKept } from './collections.ts'
import { TextInput } from './fields.tsx'
import { useAct } from './form.tsx'
import { GreetingMaker } from './greeting-maker.tsx'
import { PhoneCredentials } from './phone-credentials.tsx'
import { PHONES_EVERY_MS } from './phones.tsx'
import { accountInput, givenBy, noAccount } from './presets/account-draft.ts'
import { AccountFields } from './presets/account-fields.tsx'
import { PresetPicker } from './presets/preset-picker.tsx'
import { presetWords } from './presets/words/preset-words.ts'
import { explainAddress } from './trunk-address.ts'
import { TrunkField } from './trunk-field.tsx'
import type { StepProps } from './welcome-view.tsx'
import { settingsWords } from './words/settings-words.ts'
import '../components/empty-state.css'
import './section.css'
import './form.css'
import './welcome.css'

interface FrameProps {
  readonly step: WelcomeStep
  readonly title: string
  readonly lead: string
  /** What goes on without doing anything; null where the step has its own way on. */
  readonly later: string | null
  readonly onNext: () => void
  readonly children: ComponentChildren
}

/** One step: which of how many, its question, and the ways on. */
function Frame({ step, title, lead, later, onNext, children }: FrameProps) {
  const t = settingsWords.value.welcome
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const place = welcomeSteps.indexOf(step)
  return (
    <div class="section welcome">
      <p class="welcome-progress">
        {welcomeSteps.map((name, at) => (
          <span key={name} class={at <= place ? 'welcome-lamp welcome-lit' : 'welcome-lamp'} />
        ))}
        <span>{t.step(place + 1, welcomeSteps.length)}</span>
      </p>
      <h1 ref={heading} class="section-title" tabIndex={-1}>
        {title}
      </h1>
      <p class="section-lead">{lead}</p>
      {children}
      <div class="welcome-foot">
        {place > 0 && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              welcome.value = neighbourStep(step, -1)
            }}
          >
            {t.back}
          </button>
        )}
        {later !== null && (
          <button type="button" class="button" onClick={onNext}>
            {later}
          </button>
        )}
        {step !== 'call' && (
          <button
            type="button"
            class="button button-quiet welcome-skip"
            onClick={() => {
              welcome.value = 'done'
            }}
          >
            {t.skip}
          </button>
        )}
      </div>
    </div>
  )
}

export function LineStep({ onNext }: StepProps) {
  const t = settingsWords.value.welcome
  const all = useKept(lines)
  const trunk = useSignal<readonly string[]>([''])
  const preset = useSignal<LinePreset | null>(null)
  const account = useSignal(noAccount)
  const registers = preset.value?.kind === 'registers'
  const { failure, busy, run } = useAct()
  const given = trunk.value.filter((entry) => explainAddress(entry).kind !== 'empty')
  const ready = registers ? account.value.registrar.trim() !== '' : given.length > 0
  const save = async () => {
    const [line] = all ?? []
    const added = given.map((entry) => entry.trim())
    // The line that came with the machine takes test calls; they go on.
    const source = {
      trunk: [...new Set([...(line?.trunk ?? []), ...added])],
      ...(registers ? { account: accountInput(account.value) } : {}),
    }
    const { name } = line
      ? await api.changeLine(line.id, source)
      : await api.addLine({ name: 'home', ...source })
    await lines.read()
    return registers ? presetWords.value.saved(name) : t.line.saved(name)
  }
  return (
    <Frame step="line" title={t.line.title} lead={t.line.lead} later={t.later} onNext={onNext}>
      <form
        class="form"
        onSubmit={async (event) => {
          event.preventDefault()
          if (!ready) event.currentTarget.querySelector('input')?.focus()
          else if (!busy && (await run(save))) onNext()
        }}
      >
        <PresetPicker
          chosen={preset.value}
          onChoose={(chosen) => {
            preset.value = chosen
            const { trunk: from, ...rest } = chosen ? givenBy(chosen) : { ...noAccount, trunk: [''] }
            trunk.value = from
            account.value = rest
          }}
        />
        <div class="plate">
          {registers ? (
            <AccountFields
              account={account.value}
              onChange={(change) => {
                account.value = { ...account.value, ...change }
              }}
              preset={preset.value}
              kept={false}
            />
          ) : (
            <TrunkField
              trunk={trunk.value}
              onChange={(entries) => {
                trunk.value = entries
              }}
            />
          )}
        </div>
        <p class="form-failure" role="alert">
          {failure}
        </p>
        <div class="form-foot">
          <button
            type="submit"
            class="button button-main"
            disabled={busy || all === null}
            aria-disabled={!ready}
          >
            {registers ? presetWords.value.save : t.line.save}
          </button>
        </div>
      </form>
    </Frame>
  )
}

export function GreetingStep({ onNext }: StepProps) {
  const t = settingsWords.value.welcome
  return (
    <Frame
      step="greeting"
      title={t.greeting.title}
      lead={t.greeting.lead}
      later={t.greeting.keep}
      onNext={onNext}
    >
      <GreetingMaker onKept={onNext} />
    </Frame>
  )
}

export function PhoneStep({ onNext }: StepProps) {
  const t = settingsWords.value
  const boxes = useKept(mailboxes)
  const all = useKept(phones, PHONES_EVERY_MS)
  const name = useSignal('')
  const made = useSignal<{ readonly id: string; readonly password: string } | null>(null)
  const { failure, busy, run } = useAct()
  const add = async () => {
    const {
      id,
      password,
      name: added,
    } = await api.addPhone({
      name: name.value.trim(),
      mailboxes: (boxes ?? []).map((box) => box.name),
    })
    await phones.read()
    made.value = { id, password: password ?? '' }
    return t.phones.added(added)
  }
  const phone = all?.find(({ id }) => id === made.value?.id)
  return (
    <Frame
      step="phone"
      title={t.welcome.phone.title}
      lead={t.welcome.phone.lead}
      later={phone ? null : t.welcome.later}
      onNext={onNext}
    >
      {phone && made.value ? (
        <PhoneCredentials phone={phone} password={made.value.password} onDone={onNext} />
      ) : (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault()
            if (name.value.trim() === '') event.currentTarget.querySelector('input')?.focus()
            else if (!busy) void run(add)
          }}
        >
          <div class="plate">
            <TextInput
              label={t.phones.name}
              hint={t.phones.nameHint}
              value={name.value}
              maxLength={64}
              code
              placeholder="kitchen"
              onInput={(text) => {
                name.value = text
              }}
            />
          </div>
          <p class="form-failure" role="alert">
            {failure}
          </p>
          <div class="form-foot">
            <button
              type="submit"
              class="button button-main"
              disabled={busy || boxes === null}
              aria-disabled={name.value.trim() === ''}
            >
              {t.phones.add}
            </button>
          </div>
        </form>
      )}
    </Frame>
  )
}

export function CallStep({ onNext }: StepProps) {
  const t = settingsWords.value.welcome
  const first = useKept(lines)?.[0]
  const arrived = newCount.value > 0
  const going = liveCalls.value.length > 0
  return (
    <Frame step="call" title={t.call.title} lead={t.call.lead} later={null} onNext={onNext}>
      {first && <TryLink line={first.name} />}
      <div class="welcome-command">
        <CallCommand />
      </div>
      <p class="welcome-state" role="status">
        <span class={arrived ? 'light light-on' : 'light light-waiting'} aria-hidden="true" />
        {going ? t.call.going : arrived ? t.call.arrived : t.call.waiting}
      </p>
      <div class="form-foot">
        <button type="button" class="button button-main" onClick={onNext}>
          {t.call.finish}
        </button>
      </div>
    </Frame>
  )
}
