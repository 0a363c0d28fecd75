import type { TranscriptionChange, TranscriptionSettings } from '../../../../src/api/contract.ts'
import { changeTranscription } from '../../api/transcription.ts'
import { Waiting } from '../../components/waiting.tsx'
import { isOwner, transcription, useKept } from '../collections.ts'
import { Select, Switch, TextInput } from '../fields.tsx'
import { useAct } from '../form.tsx'
import { OwnersForm } from '../owners-form.tsx'
import { Section } from '../section.tsx'
import { useDraft } from '../use-draft.ts'
import { settingsWords } from '../words/settings-words.ts'
import { transcriptionWords } from './words/transcription-words.ts'

const READ_EVERY_MS = 5000

/** Who writes down what callers say, and how far that is. */
export function TranscriptionPage() {
  const known = useKept(transcription, READ_EVERY_MS)
  return (
    <Section title={settingsWords.value.sections.transcription} lead={transcriptionWords.value.lead}>
      {known === null ? (
        <Waiting text={settingsWords.value.loading} />
      ) : (
        <>
          <SettingsForm known={known} />
          <Progress known={known} />
        </>
      )}
    </Section>
  )
}

/** As it stands in the fields. */
interface Fields {
  readonly by: TranscriptionSettings['by']
  readonly command: string
  readonly commandRate: '8000' | '16000'
  readonly speechModel: string
  readonly serverUrl: string
  readonly serverModel: string
  readonly serverKey: string
  readonly language: string
  readonly live: boolean
  readonly waitSeconds: string
}

const fieldsOf = (known: TranscriptionSettings): Fields => ({
  by: known.by,
  command: known.command ?? '',
  commandRate: known.commandRate === 8000 ? '8000' : '16000',
  speechModel: known.speechModel ?? known.speechModels[0]?.name ?? '',
  serverUrl: known.serverUrl ?? '',
  serverModel: known.serverModel,
  serverKey: '',
  language: known.language ?? '',
  live: known.live,
  waitSeconds: String(known.waitSeconds),
})

const orNone = (text: string) => (text.trim() === '' ? null : text.trim())

const changeOf = (fields: Fields): TranscriptionChange => ({
  by: fields.by,
  command: orNone(fields.command),
  commandRate: fields.commandRate === '8000' ? 8000 : 16_000,
  ...(fields.by === 'model' && fields.speechModel !== '' ? { speechModel: fields.speechModel } : {}),
  serverUrl: orNone(fields.serverUrl),
  serverModel: fields.serverModel.trim(),
  ...(fields.serverKey === '' ? {} : { serverKey: fields.serverKey }),
  language: orNone(fields.language),
  live: fields.live,
  waitSeconds: Number(fields.waitSeconds),
})

function SettingsForm({ known }: { readonly known: TranscriptionSettings }) {
  const t = transcriptionWords.value
  const { fields, changed, set, drop } = useDraft<Fields>('transcription', fieldsOf(known))
  const disabled = !isOwner()

  const save = async () => {
    await changeTranscription(changeOf(fields))
    await transcription.read()
    drop()
    return t.saved
  }
  return (
    <OwnersForm dirty={changed.length > 0} save={save} discard={drop}>
      <div class="plate">
        <Select
          label={t.by}
          value={fields.by}
          options={(['off', 'model', 'command', 'server'] as const).map((value) => ({
            value,
            name: t.names[value],
          }))}
          disabled={disabled}
          onChoose={(by) => set({ by })}
        />
        {fields.by === 'command' && (
          <>
            <TextInput
              label={t.command}
              hint={t.commandHint}
              value={fields.command}
              code
              required
              maxLength={2000}
              disabled={disabled}
              onInput={(command) => set({ command })}
            />
            <Select
              label={t.rate}
              value={fields.commandRate}
              options={(['8000', '16000'] as const).map((value) => ({ value, name: t.rates[value] }))}
              disabled={disabled}
              onChoose={(commandRate) => set({ commandRate })}
            />
          </>
        )}
        {fields.by === 'model' && (
          <ModelChoice
            known={known}
            chosen={fields.speechModel}
            disabled={disabled}
            onChoose={(speechModel) => set({ speechModel })}
          />
        )}
        {fields.by === 'server' && (
          <>
            <TextInput
              label={t.serverUrl}
              hint={t.serverUrlHint}
              value={fields.serverUrl}
              code
              required
              placeholder="http://192.168.1.20:8000/v1"
              disabled={disabled}
              onInput={(serverUrl) => set({ serverUrl })}
            />
            <div class="plate-pair">
              <TextInput
                label={t.serverModel}
                value={fields.serverModel}
                code
                required
                disabled={disabled}
                onInput={(serverModel) => set({ serverModel })}
              />
              <TextInput
                label={t.serverKey}
                hint={known.hasServerKey ? t.serverKeyKept : t.serverKeyHint}
                type="password"
                value={fields.serverKey}
                autocomplete="new-password"
                maxLength={500}
                disabled={disabled}
                onInput={(serverKey) => set({ serverKey })}
              />
            </div>
          </>
        )}
      </div>
      {fields.by !== 'off' && (
        <div class="plate">
          <div class="plate-pair">
            <TextInput
              label={t.language}
              hint={t.languageHint}
              value={fields.language}
              code
              maxLength={35}
              disabled={disabled}
              onInput={(language) => set({ language })}
            />
            <TextInput
              label={t.wait}
              hint={t.waitHint}
              value={fields.waitSeconds}
              code
              required
              maxLength={3}
              disabled={disabled}
              onInput={(waitSeconds) => set({ waitSeconds })}
            />
          </div>
          <Switch
            label={t.live}
            hint={t.liveHint}
            checked={fields.live}
            disabled={disabled}
            onChange={(live) => set({ live })}
          />
        </div>
      )}
    </OwnersForm>
  )
}

function ModelChoice({
  known: { speechModels, speechModel },
  chosen,
  disabled,
  onChoose,
}: {
  readonly known: TranscriptionSettings
  readonly chosen: string
  readonly disabled: boolean
  readonly onChoose: (name: string) => void
}) {
  const t = transcriptionWords.value
  const names = speechModels.map(({ name }) => name)
  // One that was taken away by hand is still what is set.
  if (speechModel !== null && !names.includes(speechModel)) names.push(speechModel)
  if (names.length === 0) return <p class="panel-detail">{t.noModels}</p>
  const model = speechModels.find(({ name }) => name === chosen)
  const megabytes = model && (model.bytes / 1_000_000).toFixed(model.bytes < 10_000_000 ? 1 : 0)
  return (
    <Select
      label={t.speechModel}
      hint={
        model &&
        `${model.isStreaming ? t.streaming : t.sentences}. ${t.speechModelHint(model.kind, megabytes ?? '')}`
      }
      value={chosen}
      options={names.map((value) => ({ value, name: value }))}
      disabled={disabled}
      onChoose={onChoose}
    />
  )
}

function Progress({ known }: { readonly known: TranscriptionSettings }) {
  const t = transcriptionWords.value
  const { failure, busy, run } = useAct()
  if (known.by === 'off') return null
  const { done, waiting, partial, failed } = known.counts
  const askOlder = async () => {
    await changeTranscription({ older: true })
    await transcription.read()
    return t.olderAsked
  }
  return (
    <div class="apart">
      <p class="panel-detail">{t.counts(done, waiting + partial, failed)}</p>
      {isOwner() && Date.parse(known.since) > 0 && (
        <button type="button" class="button" disabled={busy} onClick={() => void run(askOlder)}>
          {t.older}
        </button>
      )}
      <p class="form-failure" role="alert">
        {failure}
      </p>
    </div>
  )
}
