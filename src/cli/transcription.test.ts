import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'

const { run } = emptyShell()

describe('answerphone transcription', () => {
  it('is set up, shown and switched off', async () => {
    expect((await run('transcription', 'set', '--language', 'en')).out).toContain(
      'Nothing is written down yet',
    )
    expect((await run('transcription', 'show')).json()).toMatchObject({ by: 'off', language: 'en' })
    expect((await run('transcription', 'set', '--command', 'ear --live', '--rate', '8000')).out).toContain(
      'by the command',
    )
    await run('transcription', 'set', '--live', 'off', '--wait-seconds', '5', '--older')
    expect((await run('transcription', 'show')).json()).toMatchObject({
      ...{ by: 'command', command: 'ear --live', commandRate: 8000, live: false, waitSeconds: 5 },
      since: '1970-01-01T00:00:00.000Z',
    })
    await run(
      'transcription',
      'set',
      '--server',
      'http://127.0.0.1:8000',
      '--model',
      'small',
      '--key',
      'secret',
    )
    const shown = await run('transcription', 'show')
    expect(shown.json()).toMatchObject({ by: 'server', serverModel: 'small', hasServerKey: true })
    expect(shown.out).not.toContain('secret')
    await run('transcription', 'off')
    expect((await run('transcription', 'show')).json().by).toBe('off')
    expect((await run('transcription', 'set')).err).toContain('nothing to change')
    expect((await run('transcription', 'set', '--server', 'nonsense')).err).toContain('AP_INPUT_INVALID')
  })
})
