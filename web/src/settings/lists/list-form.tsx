import type { NumberListInput } from '../../../../src/api/contract.ts'
import { addNumberList, refreshNumberList } from '../../api/number-lists.ts'
import { Select, TextInput } from '../fields.tsx'
import { Form } from '../form.tsx'
import { useDraft } from '../use-draft.ts'
import { numberLists } from './kept.ts'
import { tell } from './list-rows.tsx'
import { listWords } from './words/list-words.ts'

/** As it stands in the fields. */
interface Fields {
  readonly kind: NumberListInput['kind']
  readonly name: string
  readonly url: string
  readonly token: string
  readonly votes: string
  readonly hours: string
}

const EMPTY: Fields = { kind: 'phoneblock', name: '', url: '', token: '', votes: '10', hours: '24' }

function inputOf({ kind, name, url, token, votes, hours }: Fields): NumberListInput {
  const common = { kind, name: name.trim() }
  if (kind === 'file') return common
  const fetched = {
    ...common,
    everyHours: Number(hours),
    ...(token.trim() !== '' && { token: token.trim() }),
  }
  return kind === 'url' ? { ...fetched, url: url.trim() } : { ...fetched, minVotes: Number(votes) }
}

/** Adds a list, and has it fetched at once. */
export function ListForm() {
  const t = listWords.value
  const { fields, changed, set, drop } = useDraft<Fields>('lists/new', EMPTY)
  const save = async () => {
    const { id, kind, name } = await addNumberList(inputOf(fields))
    drop()
    await numberLists.read()
    if (kind !== 'file') void tell(refreshNumberList(id))
    return t.added(name)
  }
  const text = (field: 'name' | 'url' | 'token' | 'votes' | 'hours', label: string, more: object = {}) => (
    <TextInput
      label={label}
      value={fields[field]}
      code
      onInput={(value) => set({ [field]: value })}
      {...more}
    />
  )
  const isPhoneBlock = fields.kind === 'phoneblock'
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.add}>
      <div class="plate">
        <div class="plate-pair">
          <Select
            label={t.kind}
            value={fields.kind}
            options={(['phoneblock', 'url', 'file'] as const).map((value) => ({
              value,
              name: t.choices[value],
            }))}
            hint={fields.kind === 'file' ? t.file : undefined}
            onChoose={(kind) => set({ kind })}
          />
          {text('name', t.name, { hint: t.nameHint, required: true, maxLength: 64 })}
        </div>
        {fields.kind === 'url' &&
          text('url', t.url, {
            ...{ hint: t.urlHint, required: true, maxLength: 1000 },
            placeholder: 'https://lists.example/unwanted.txt',
          })}
        {fields.kind !== 'file' && (
          <div class="plate-pair">
            {text('token', t.token, {
              ...{ type: 'password', maxLength: 500, required: isPhoneBlock },
              hint: isPhoneBlock ? t.tokenHint : t.tokenOptional,
            })}
            {isPhoneBlock
              ? text('votes', t.votes, { hint: t.votesHint, maxLength: 4, required: true })
              : text('hours', t.hours, { maxLength: 3, required: true })}
          </div>
        )}
      </div>
    </Form>
  )
}
