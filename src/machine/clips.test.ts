import { expect, it } from 'vitest'
import { silentLog } from '../shared/log.ts'
import { loadClips } from './clips.ts'

it('has what is heard at gates encoded when there is one, once for each language, and nothing of it before', async () => {
  const encoded: string[] = []
  const clips = await loadClips({
    media: {
      loadClip: async (name, _pcm, _rate, when) => void (when === 'when-played' || encoded.push(name)),
      prepareClip: async (name) => void encoded.push(name),
    },
    greetingsDir: '/nowhere',
    log: silentLog,
  })
  expect(await clips.shipped('de')).toBe('greeting-de')
  expect(encoded.sort()).toEqual(['beep', 'goodbye-de', 'greeting-de', 'no-room-de', 'time-over-de'])
  encoded.length = 0
  await Promise.all([clips.atGates('de'), clips.atGates('de')])
  expect(encoded).toHaveLength(new Set(encoded).size)
  for (const clip of [
    'gate-name-de',
    'gate-key-0-de',
    'not-put-through-de',
    'not-taken-de',
    'ring-tone-e180',
  ])
    expect(encoded).toContain(clip)
})
