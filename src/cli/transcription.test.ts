import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'

const shell = emptyShell()
const { run } = shell

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

describe('answerphone models', () => {
  const RELEASE = join(import.meta.dirname, '../../test/helpers/speech-model/tiny-streaming.tar.bz2')

  it('are added, listed, used and removed', async () => {
    const added = await run('models', 'add', RELEASE, '--name', 'tiny')
    expect(added.err).toBe('It is unpacked and tried; a large one takes minutes.\n')
    expect(added.out).toContain('The model tiny is installed: streaming-nemo-ctc, 0.0 MB.')
    expect(added.out).toMatch(/SHA-256: [0-9a-f]{64}\n/)
    expect(added.out).toMatch(/times as fast as it was spoken, and wrote: "(?:ah|sh) /)
    expect((await run('models', 'list', '--json')).json()).toMatchObject([
      { id: 'tiny', name: 'tiny', kind: 'streaming-nemo-ctc', isStreaming: true, inUse: false },
    ])
    expect((await run('models', 'add', RELEASE, '--name', 'tiny')).err).toContain('AP_NAME_TAKEN')
    expect((await run('models', 'add', RELEASE, '--sha256', 'beef')).err).toContain('not what you gave')
    expect((await run('models', 'use', 'other')).err).toContain('AP_SPEECH_MODEL_MISSING')
    expect((await run('models', 'use', 'tiny')).out).toContain('by the model tiny')
    expect((await run('transcription', 'show')).json()).toMatchObject({ by: 'model', speechModel: 'tiny' })
    expect((await run('models', 'list')).out).toMatch(/^tiny .* yes$/m)
    expect((await run('models', 'remove', 'tiny')).err).toContain('AP_SPEECH_MODEL_IN_USE')
    await run('transcription', 'off')
    expect((await run('models', 'remove', 'tiny')).out).toBe('The model tiny is removed.\n')
    expect((await run('models', 'list')).out).toContain('No models.')
    expect(existsSync(join(shell.data(), 'models', 'tiny'))).toBe(false)
    expect((await run('audit', 'list')).out).toContain('speech model tiny: removed')
  })
})
