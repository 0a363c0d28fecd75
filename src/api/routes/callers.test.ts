import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { callRow } from '../../store/contract/sample-rows.contract.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

async function ask(method: 'GET' | 'PATCH', path: string, payload?: object) {
  const url = `/api/v1/${path}`
  const answer = await desk.api.inject({ method, url, headers: desk.asToken, ...(payload && { payload }) })
  return { status: answer.statusCode, json: answer.json() }
}

describe('who called', () => {
  const caller = { callerNumber: '1234567', callerE164: '+49301234567' }
  const said = [
    { header: 'From', value: '<sip:1234567@x>', number: '1234567', name: null, reason: null },
  ] as const
  const attestation = { verdict: 'passed', level: 'A', by: 'signature' } as const

  it('is told as the line wrote it, in E.164, as people write it, and header by header', async () => {
    const [line] = await desk.store.lines.list()
    await desk.store.lines.set(line?.id ?? '', { country: 'DE' })
    await desk.store.calls.add(callRow('c1', { lineId: line?.id ?? '', ...caller, said, attestation }))
    const shown = { ...caller, callerDisplay: '030 1234567', attestation }
    expect((await ask('GET', 'calls/c1')).json).toMatchObject({ id: 'c1', ...shown, said })
    const { past } = (await ask('GET', 'calls')).json
    expect(past).toMatchObject([{ id: 'c1', ...shown }])
    expect(past[0]).not.toHaveProperty('said')
    expect((await ask('GET', 'calls/c2')).json.code).toBe('AP_NOT_FOUND')
    // Asked for as it is written where the lines are.
    expect((await ask('GET', 'calls?caller=030%201234567')).json.past).toHaveLength(1)
    expect((await ask('GET', 'calls?caller=%2B431234567')).json.past).toHaveLength(0)
  })
})

describe('where the house is', () => {
  it('is as all lines say, until somebody sets it', async () => {
    expect((await ask('GET', 'house')).json).toMatchObject({ country: null, from: null })
    const [line] = await desk.store.lines.list()
    await desk.store.lines.set(line?.id ?? '', { country: 'DE' })
    const { json } = await ask('GET', 'house')
    expect(json).toMatchObject({ country: 'DE', from: 'lines' })
    expect(json.countries).toContain('CH')
    expect((await ask('PATCH', 'house', { country: 'AT' })).json).toMatchObject({
      country: 'AT',
      from: 'setting',
    })
    expect((await ask('PATCH', 'house', { country: null })).json.country).toBe('DE')
    for (const country of ['ZZ', 'de', 'Germany', 7])
      expect((await ask('PATCH', 'house', { country })).json.code, String(country)).toBe('AP_INPUT_INVALID')
  })
})
