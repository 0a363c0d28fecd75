import type { Mqtt, MqttChange } from '../../../../src/api/contract.ts'
import { changeMqtt, forgetMqtt } from '../../api/telling.ts'
import { language } from '../../i18n/words.ts'
import { AskFirst } from '../ask-first.tsx'
import { useKept } from '../collections.ts'
import { Switch, TextInput } from '../fields.tsx'
import { Form } from '../form.tsx'
import { useDraft } from '../use-draft.ts'
import { mqtt } from './kept.ts'
import { tellingWords } from './words/telling-words.ts'
import '../mail.css'

/** As it stands in the fields. */
interface Fields {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly baseTopic: string
  readonly discovery: string
  readonly showCallers: boolean
}

const fieldsOf = (broker: Mqtt['broker']): Fields => ({
  url: broker?.url ?? '',
  user: broker?.user ?? '',
  password: '',
  baseTopic: broker?.baseTopic ?? 'answerphone',
  discovery: broker ? (broker.discovery ?? '') : 'homeassistant',
  showCallers: broker?.showCallers ?? true,
})

const orNone = (text: string) => (text.trim() === '' ? null : text.trim())

const changeOf = ({ url, user, password, baseTopic, discovery, showCallers }: Fields): MqttChange => ({
  ...{ url: url.trim(), user: orNone(user), baseTopic: baseTopic.trim(), discovery: orNone(discovery) },
  ...{ showCallers, language: language.value },
  ...(password === '' ? {} : { password }),
})

const LIGHTS = {
  connected: 'light light-on',
  connecting: 'light light-waiting',
  off: 'light light-off',
} as const

/** The broker that is told how things stand, and whether it is there. */
export function MqttForm() {
  const t = tellingWords.value
  const { broker, state, problem } = useKept(mqtt, 5_000) ?? { broker: null, state: 'off', problem: '' }
  const { fields, changed, set, drop } = useDraft<Fields>('telling/mqtt', fieldsOf(broker))
  const save = async () => {
    await changeMqtt(changeOf(fields))
    drop()
    await mqtt.read()
    return t.mqttSaved
  }
  const text = (field: 'url' | 'user' | 'baseTopic' | 'discovery', label: string, more: object) => (
    <TextInput
      label={label}
      value={fields[field]}
      code
      onInput={(value) => set({ [field]: value })}
      {...more}
    />
  )
  return (
    <section class="section" aria-labelledby="mqtt-heading">
      <h2 id="mqtt-heading" class="panel-heading">
        {t.mqtt}
      </h2>
      <p class="panel-detail">{t.mqttLead}</p>
      {broker && (
        <p class="panel-state" role="status">
          <span class={LIGHTS[state]} aria-hidden="true" />
          {t.mqttStates[state]}
          {state !== 'connected' && problem !== '' && ` · ${problem}`}
        </p>
      )}
      <Form dirty={changed.length > 0} save={save} discard={drop}>
        <div class="plate">
          {text('url', t.broker, { hint: t.brokerHint, required: true, maxLength: 300 })}
          <div class="plate-pair">
            {text('user', t.user, { hint: t.userHint, maxLength: 200 })}
            <TextInput
              label={t.password}
              hint={broker?.hasPassword ? t.passwordKept : undefined}
              type="password"
              value={fields.password}
              autocomplete="new-password"
              maxLength={500}
              onInput={(password) => set({ password })}
            />
          </div>
          <div class="plate-pair">
            {text('baseTopic', t.baseTopic, { required: true, maxLength: 100 })}
            {text('discovery', t.discovery, { hint: t.discoveryHint, maxLength: 100 })}
          </div>
          <Switch
            label={t.showCallers}
            checked={fields.showCallers}
            onChange={(showCallers) => set({ showCallers })}
          />
        </div>
      </Form>
      {broker && (
        <div class="apart">
          <AskFirst
            name={t.mqttForget}
            question={t.mqttForgetAsk}
            act={async () => {
              await forgetMqtt()
              await mqtt.read()
              return t.mqttForgotten
            }}
          />
        </div>
      )}
    </section>
  )
}
