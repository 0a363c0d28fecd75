import { isOwner, phones, useKept, users } from '../collections.ts'
import { Checks, Range, Switch, TextInput } from '../fields.tsx'
import type { LineFields } from '../line-fields.ts'
import { outWords } from './words/out-words.ts'

interface CallsOutProps {
  readonly fields: LineFields
  readonly hasAccount: boolean
  readonly disabled: boolean
  readonly onChange: (change: Partial<LineFields>) => void
}

/** Who may call out through a line: folded up while nobody may. */
export function CallsOut({ fields, hasAccount, disabled, onChange }: CallsOutProps) {
  const t = outWords.value
  const { callsOut, callBack } = fields
  return (
    <details class="plate" open={callsOut || callBack !== ''}>
      <summary>{t.more}</summary>
      {hasAccount && (
        <Switch
          label={t.callsOut}
          hint={t.callsOutHint}
          checked={callsOut}
          disabled={disabled}
          onChange={(on) => onChange({ callsOut: on })}
        />
      )}
      {callsOut && <Limits fields={fields} disabled={disabled} onChange={onChange} />}
      <TextInput
        label={t.callBack}
        hint={t.callBackHint}
        value={callBack}
        maxLength={200}
        code
        placeholder="sip:192.0.2.7:5060"
        disabled={disabled}
        onInput={(text) => onChange({ callBack: text })}
      />
    </details>
  )
}

function Limits({ fields, disabled, onChange }: Omit<CallsOutProps, 'hasAccount'>) {
  const t = outWords.value
  const named = useKept(phones)?.map(({ name }) => name) ?? []
  return (
    <>
      {isOwner() ? (
        <WhichPhones named={named} fields={fields} disabled={disabled} onChange={onChange} />
      ) : (
        <p class="field-hint field-calm">{fields.outPhones.join(', ') || t.outPhonesHint}</p>
      )}
      <Range
        label={t.outAtOnce}
        value={fields.outAtOnce}
        min={1}
        max={Math.max(20, fields.outAtOnce)}
        text={String(fields.outAtOnce)}
        disabled={disabled}
        onInput={(outAtOnce) => onChange({ outAtOnce })}
      />
      <Range
        label={t.outPerHour}
        hint={t.outPerHourHint}
        value={fields.outPerHour}
        min={1}
        max={Math.max(200, fields.outPerHour)}
        text={String(fields.outPerHour)}
        disabled={disabled}
        onInput={(outPerHour) => onChange({ outPerHour })}
      />
    </>
  )
}

function WhichPhones({
  named,
  fields,
  disabled,
  onChange,
}: Omit<CallsOutProps, 'hasAccount'> & { readonly named: readonly string[] }) {
  const t = outWords.value
  const pages = useKept(users)?.map(({ name }) => pagePhone(name)) ?? []
  const options = [...new Set([...named, ...pages, ...fields.outPhones])]
  return (
    <Checks
      label={t.outPhones}
      hint={t.outPhonesHint}
      options={options}
      chosen={fields.outPhones}
      disabled={disabled}
      onChange={(outPhones) => onChange({ outPhones })}
    />
  )
}

/** What the browsers of a user are called as a phone (src/machine/page-phones.ts). */
const pagePhone = (user: string) => `page-${user.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 48)}`
