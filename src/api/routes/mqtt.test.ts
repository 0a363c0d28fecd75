import { expect, it } from 'vitest'
import { openApiDesk } from '../../../test/helpers/api-desk.ts'

it('sets a broker up, keeps its password to itself and for that broker, and forgets it', async () => {
  await using desk = await openApiDesk({ mqttStanding: () => ({ state: 'connecting', problem: 'refused' }) })
  const ask = async (
    method: 'GET' | 'PATCH' | 'DELETE',
    payload?: object,
    headers: object = desk.asToken,
  ) => {
    const url = '/api/v1/mqtt'
    const answer = await desk.api.inject({
      method,
      url,
      headers: { ...headers },
      ...(payload && { payload }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
  }
  expect(await ask('PATCH', { user: 'ada' })).toMatchObject({ status: 400 })
  const given = { url: 'mqtt://10.0.0.5', user: 'ada', password: 'secret' }
  const broker = {
    ...{ url: 'mqtt://10.0.0.5', user: 'ada', hasPassword: true, baseTopic: 'answerphone' },
    ...{ discovery: 'homeassistant', showCallers: true, language: 'en' },
  }
  expect(await ask('PATCH', given)).toEqual({
    status: 200,
    body: { broker, state: 'connecting', problem: 'refused' },
  })
  expect((await ask('PATCH', { discovery: null, showCallers: false })).body.broker).toEqual({
    ...broker,
    ...{ discovery: null, showCallers: false },
  })
  expect((await ask('PATCH', { url: 'mqtt://elsewhere' })).body.message).toContain('password again')
  expect((await ask('PATCH', { url: 'mqtts://10.0.0.5' })).status).toBe(200)
  for (const wrong of [
    { url: 'http://x' },
    { url: 'mqtt://a:b@x' },
    { baseTopic: 'a/#' },
    { baseTopic: '' },
    { baseTopic: 'a//b' },
  ])
    expect((await ask('PATCH', wrong)).status).toBe(400)
  expect((await ask('GET', undefined, await desk.logIn('max', 'member'))).status).toBe(403)
  expect((await ask('DELETE')).status).toBe(204)
  expect((await ask('GET')).body.broker).toBeNull()
})
