import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packModel } from '../../../test/helpers/speech-model/pack-model.ts'
import { writeTinySpeechModel } from '../../../test/helpers/speech-model/tiny-speech-model.ts'
import { writeOnnx } from '../../../test/helpers/speech-model/write-onnx.ts'
import { systemClock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { tryEar } from '../../transcribe/sherpa/try-ear.ts'
import { type AddModel, addModel } from './add-model.ts'
import { openSpeechModels, type SpeechModels } from './installed-models.ts'
import { readOnnxMetadata } from './onnx-metadata.ts'
import { recogniseModel } from './recognise-model.ts'
import { isVoice } from './speech-model.ts'

/** As sherpa-onnx releases them: a folder of its name, with recordings in it that nobody needs. */
const RELEASE = join(import.meta.dirname, '../../../test/helpers/speech-model/tiny-streaming.tar.bz2')

let folder: string
let models: SpeechModels
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-models-'))
  models = openSpeechModels(join(folder, 'models'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const tried: AddModel['tryOut'] = async () => ({ text: 'ah', tookMs: 100, soundMs: 8000 })
const add = (from: string, change: Partial<AddModel> = {}) =>
  addModel(models, { from, tryOut: tried, clock: { now: () => 7 }, ...change })
const leftOvers = () => (existsSync(models.folder) ? readdirSync(models.folder) : [])
const path = (name: string) => join(folder, name)
function file(name: string, content: string | Uint8Array): string {
  writeFileSync(path(name), content)
  return path(name)
}
/** An archive of what `write` puts into a folder. */
const pack = (name: string, write: (folder: string) => void) => packModel(path(name), write)
const onnx = (metadata: Record<string, string | number>) =>
  writeOnnx({ inputs: [], outputs: [], nodes: [], tensors: [], metadata })

describe('a model that is added', () => {
  it('of a release of sherpa-onnx is unpacked, recognised, tried and named', async () => {
    const sha256 = createHash('sha256').update(readFileSync(RELEASE)).digest('hex')
    const added = await add(RELEASE, { sha256: sha256.toUpperCase() })
    expect(added).toMatchObject({ name: 'tiny-streaming', kind: 'streaming-nemo-ctc', sha256, addedAt: 7 })
    expect(await models.list()).toEqual([
      {
        ...{ name: 'tiny-streaming', kind: 'streaming-nemo-ctc', sha256, addedAt: 7, bytes: added.bytes },
        from: 'tiny-streaming.tar.bz2',
      },
    ])
    const at = join(models.folder, 'tiny-streaming', 'tiny-streaming')
    expect(await models.locateEar('tiny-streaming')).toEqual({
      kind: 'streaming-nemo-ctc',
      parts: { model: join(at, 'model.onnx') },
      tokens: join(at, 'tokens.txt'),
    })
    expect(existsSync(join(at, 'test_wavs', '0.wav'))).toBe(false)
    expect(leftOvers()).toEqual(['tiny-streaming'])
    await expect(add(RELEASE)).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
    await models.remove('tiny-streaming')
    expect(leftOvers()).toEqual([])
    await expect(models.remove('tiny-streaming')).rejects.toMatchObject({ code: 'AP_SPEECH_MODEL_MISSING' })
    await expect(models.locateEar('../models')).rejects.toMatchObject({ code: 'AP_SPEECH_MODEL_MISSING' })
  })

  it('is tried by sherpa-onnx itself, which hears the test call', async () => {
    const tryOut: AddModel['tryOut'] = (name, model) => {
      if (isVoice(model)) throw new Error('it is no voice')
      return tryEar(name, model, systemClock)
    }
    const { trial } = await add(RELEASE, { tryOut })
    expect(trial.text).toMatch(/^(?:ah|sh)(?: (?:ah|sh))+$/)
    expect(trial.soundMs).toBeGreaterThan(5000)
    const broken = await pack('broken.tgz', (into) => {
      writeTinySpeechModel(into, 'whole')
      writeFileSync(join(into, 'tokens.txt'), 'ah 0\n')
    })
    await expect(add(broken, { tryOut })).rejects.toMatchObject({
      code: 'AP_SPEECH_MODEL_REFUSED',
      details: {
        from: 'broken.tgz',
        why: expect.stringContaining("sherpa-onnx can't use it: it ended with 255"),
      },
    })
    expect(leftOvers()).toEqual(['tiny-streaming'])
  })

  it('comes by HTTP, too, and what the server refuses is said', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/moved/model.tar.bz2')
        return void response.writeHead(302, { location: '/model.tar.bz2' }).end()
      if (request.url === '/model.tar.bz2') return void response.end(readFileSync(RELEASE))
      if (request.url === '/cut.tar.bz2')
        return void response
          .writeHead(200, { 'content-length': 5000 })
          .write(readFileSync(RELEASE).subarray(0, 300), () => response.destroy())
      response.writeHead(404).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      expect(await add(`${at}/moved/model.tar.bz2`)).toMatchObject({
        ...{ name: 'model', from: `${at}/moved/model.tar.bz2` },
      })
      for (const name of ['none.tar.bz2', 'cut.tar.bz2'])
        await expect(add(`${at}/${name}`)).rejects.toMatchObject({ code: 'AP_SPEECH_MODEL_REFUSED' })
      await expect(add(`${at}/none.tar.bz2`)).rejects.toThrow('answered 404')
      await expect(add('http://127.0.0.1:1/x.tar')).rejects.toMatchObject({ code: 'AP_SPEECH_MODEL_REFUSED' })
    } finally {
      server.close()
      server.closeAllConnections()
    }
    expect(leftOvers()).toEqual(['model'])
  })

  it('is refused when anything is wrong with it, and nothing of it is left', async () => {
    const whole = (into: string) => writeTinySpeechModel(into, 'whole')
    const cases: readonly [why: RegExp, from: string, change?: Partial<AddModel>][] = [
      [/no such file/, path('none.tar')],
      [/no whole \.tar/, file('x.tar.bz2', 'BZh9 is not')],
      [/no whole \.tar/, file('cut.tar.bz2', readFileSync(RELEASE).subarray(0, 700))],
      [/no whole \.tar/, file('x.zip', `PK${'\u0003'.repeat(2000)}`)],
      [/no tokens\.txt/, await pack('empty.tar', () => {})],
      [/no \.onnx/, await pack('no-model.tar', (into) => writeFileSync(join(into, 'tokens.txt'), 'a 0'))],
      [
        /is no file/,
        await pack('link.tar', (into) => {
          whole(into)
          symlinkSync('/etc/passwd', join(into, 'passwd.txt'))
        }),
      ],
      [/its SHA-256 is/, RELEASE, { sha256: 'ab'.repeat(32) }],
      [/larger than any model/, await pack('large.tar', whole), { mostBytes: 1000 }],
      [
        /more than any model/,
        await pack('bomb.tgz', (into) => writeFileSync(join(into, 'a.onnx'), Buffer.alloc(99_000))),
        { mostBytes: 50_000 },
      ],
      [
        /no ONNX file/,
        await pack('no-onnx.tar', (into) => {
          writeFileSync(join(into, 'tokens.txt'), 'a 0')
          writeFileSync(join(into, 'model.onnx'), 'hello, this is none')
        }),
      ],
      [
        /says of itself: silero/,
        await pack('vad.tar', (into) => {
          writeFileSync(join(into, 'tokens.txt'), 'a 0')
          writeFileSync(join(into, 'model.onnx'), onnx({ model_type: 'silero-vad-v4' }))
        }),
      ],
    ]
    for (const [why, from, change] of cases) {
      const refusal = add(from, change)
      await expect(refusal, from).rejects.toMatchObject({ code: 'AP_SPEECH_MODEL_REFUSED' })
      await expect(refusal).rejects.toThrow(why)
      expect(leftOvers(), from).toEqual([])
    }
    await expect(add(RELEASE, { name: '../x' })).rejects.toMatchObject({ code: 'AP_INPUT_INVALID' })
    const noEngine = async () => {
      throw new AnswerphoneError('AP_SPEECH_ENGINE_MISSING')
    }
    await expect(add(RELEASE, { tryOut: noEngine })).rejects.toMatchObject({
      code: 'AP_SPEECH_ENGINE_MISSING',
    })
    expect(leftOvers()).toEqual([])
  })

  it('that leads out of its archive is refused', async () => {
    for (const name of ['../out.txt', '/tmp/answerphone-out.txt', 'a/../../out.onnx', '..\\out.txt']) {
      const bytes = readFileSync(
        await pack('out.tar', (into) => writeFileSync(join(into, 'model.onnx'), 'x')),
      )
      // The second header is that of the file: its name, and a checksum made anew (POSIX ustar).
      const header = bytes.subarray(512, 1024)
      header.fill(0, 0, 100)
      header.write(name)
      header.fill(' ', 148, 156)
      header.write(
        `${header
          .reduce((sum, byte) => sum + byte, 0)
          .toString(8)
          .padStart(6, '0')}\0 `,
        148,
      )
      writeFileSync(path('out.tar'), bytes)
      await expect(add(path('out.tar')), name).rejects.toThrow('leads out of it')
      expect(existsSync(join(folder, 'out.txt'))).toBe(false)
    }
  })

  it('clears away what was stopped in the middle', async () => {
    mkdirSync(join(models.folder, '.adding-old'), { recursive: true })
    mkdirSync(join(models.folder, 'half'))
    await add(RELEASE)
    expect(leftOvers()).toEqual(['half', 'tiny-streaming'])
    expect((await models.list()).map(({ name }) => name)).toEqual(['tiny-streaming'])
  })
})

describe('a model is recognised', () => {
  const files = async (names: Readonly<Record<string, Record<string, string | number>>>) => {
    const at = mkdtempSync(join(folder, 'kind-'))
    for (const [name, metadata] of Object.entries(names)) writeFileSync(join(at, name), onnx(metadata))
    if (!Object.keys(names).some((name) => name.endsWith('tokens.txt')))
      writeFileSync(join(at, 'tokens.txt'), '')
    const found = await recogniseModel(at)
    return 'wrong' in found
      ? found.wrong
      : [found.kind, ...Object.values(found.parts).map((file) => file.slice(at.length + 1))]
  }

  it('by its files and what they say of themselves', async () => {
    const streaming = { model_type: 'zipformer2', decode_chunk_len: 32 }
    expect(
      await files({
        'encoder-epoch-99-avg-1.onnx': streaming,
        'encoder-epoch-99-avg-1.int8.onnx': streaming,
        'decoder-epoch-99-avg-1.onnx': {},
        'decoder-epoch-99-avg-1.int8.onnx': {},
        'joiner-epoch-99-avg-1.int8.onnx': {},
      }),
    ).toEqual([
      'streaming-transducer',
      'encoder-epoch-99-avg-1.int8.onnx',
      'decoder-epoch-99-avg-1.onnx',
      'joiner-epoch-99-avg-1.int8.onnx',
    ])
    const three = (metadata: Record<string, string | number>) =>
      files({ 'encoder.onnx': metadata, 'decoder.onnx': {}, 'joiner.onnx': {} })
    expect((await three({ model_type: 'zipformer2' }))[0]).toBe('transducer')
    expect((await three({ model_type: 'EncDecRNNTBPEModel' }))[0]).toBe('nemo-transducer')
    expect((await three({ model_type: 'EncDecRNNTBPEModel', chunk_shift: 9 }))[0]).toBe(
      'streaming-transducer',
    )
    const one = (metadata: Record<string, string | number>) => files({ 'model.int8.onnx': metadata })
    expect((await one({ model_type: 'EncDecCTCModelBPE' }))[0]).toBe('nemo-ctc')
    expect((await one({ model_type: 'EncDecHybridRNNTCTCBPEModel', chunk_shift: 4 }))[0]).toBe(
      'streaming-nemo-ctc',
    )
    expect((await one({ model_type: 'zipformer2', decode_chunk_len: 32 }))[0]).toBe('streaming-zipformer-ctc')
    expect((await one({ model_type: 'zipformer2_ctc' }))[0]).toBe('zipformer-ctc')
    expect((await one({ model_type: 'sense_voice_ctc' }))[0]).toBe('sense-voice')
    expect(
      await files({ 'tiny.en-encoder.onnx': { model_type: 'whisper-tiny.en' }, 'tiny.en-decoder.onnx': {} }),
    ).toEqual(['whisper', 'tiny.en-encoder.onnx', 'tiny.en-decoder.onnx'])
    expect(await files({ 'encoder.onnx': { model_type: 'paraformer' }, 'decoder.onnx': {} })).toContain(
      'not known',
    )
    expect(await files({ 'encoder.onnx': streaming, 'joiner.onnx': {} })).toBe('it has no decoder')
  })

  it('never by bytes that are damaged: reading them ends, whatever they are', async () => {
    const whole = onnx({ model_type: 'zipformer2', decode_chunk_len: 32 })
    const file = path('damaged.onnx')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(whole.length),
        async (flips, length) => {
          const bytes = Buffer.from(whole.subarray(0, length))
          for (const [at, byte] of flips) if (at < length) bytes[at] = byte
          writeFileSync(file, bytes)
          await readOnnxMetadata(file)
        },
      ),
      { numRuns: 300 },
    )
    writeFileSync(file, whole)
    expect((await readOnnxMetadata(file))?.get('decode_chunk_len')).toBe('32')
  })
})
