import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import { LANGUAGES, type Language } from '../../shared/language.ts'
import { moveEar, moveVoice } from './move-model.ts'
import {
  isVoice,
  LISTENING_KINDS,
  type ListeningKind,
  type ListeningModel,
  type SpeechModel,
  VOICE_KINDS,
  type VoiceKind,
  type VoiceModel,
} from './speech-model.ts'

interface Installed {
  readonly name: string
  /** Of its files. */
  readonly bytes: number
  /** Of the archive that it came in. */
  readonly sha256: string
  /** Where that came from: a file's name or an address. */
  readonly from: string
  readonly addedAt: number
}
export interface InstalledEar extends Installed {
  readonly kind: ListeningKind
}
export interface InstalledVoice extends Installed {
  readonly kind: VoiceKind
  readonly language: Language | null
}

/** A model that is installed. */
export type InstalledModel = InstalledEar | InstalledVoice

/** The folder with the models that are installed, each in one of its own. */
export interface SpeechModels {
  readonly folder: string
  /** By name. */
  list(): Promise<readonly InstalledModel[]>
  /** Where the files are of one that listens. Rejects with AP_SPEECH_MODEL_MISSING and AP_SPEECH_MODEL_UNFIT. */
  locateEar(name: string): Promise<ListeningModel>
  /** The same for one that speaks. */
  locateVoice(name: string): Promise<VoiceModel>
  /** Rejects with AP_SPEECH_MODEL_MISSING. */
  remove(name: string): Promise<void>
}

/** A folder's name, and no other; one with a dot at the beginning is not whole yet. */
export const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const MANIFEST = 'installed.json'

const path = z.string().regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+$/)
const about = { bytes: z.int(), sha256: z.string(), from: z.string(), addedAt: z.int() }
const manifest = z.union([
  z.object({
    kind: z.enum(Object.keys(LISTENING_KINDS) as [ListeningKind, ...ListeningKind[]]),
    parts: z.partialRecord(z.enum(['encoder', 'decoder', 'joiner', 'model']), path),
    tokens: path,
    ...about,
  }),
  z.object({
    kind: z.enum(VOICE_KINDS),
    parts: z.object({ model: path }),
    tokens: path,
    lexicon: path.optional(),
    espeakData: path.optional(),
    language: z.enum(LANGUAGES).nullable(),
    ...about,
  }),
])
type Manifest = z.infer<typeof manifest>

function installed(name: string, model: Manifest): InstalledModel {
  const { bytes, sha256, from, addedAt } = model
  const about = { name, bytes, sha256, from, addedAt }
  return isVoice(model)
    ? { ...about, kind: model.kind, language: model.language }
    : { ...about, kind: model.kind }
}

/** Writes down what a folder holds: with this file a model is whole. */
export async function writeManifest(
  folder: string,
  model: SpeechModel,
  about: Omit<Installed, 'name'>,
): Promise<void> {
  const within = (file: string) => relative(folder, file)
  const written = { ...(isVoice(model) ? moveVoice(model, within) : moveEar(model, within)), ...about }
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(written, null, 2)}\n`)
}

export function openSpeechModels(folder: string): SpeechModels {
  /** Rejects with AP_SPEECH_MODEL_MISSING where there is none, or none that is whole. */
  async function read(name: string): Promise<Manifest> {
    try {
      if (!MODEL_NAME.test(name)) throw new Error('no name of a model')
      return manifest.parse(JSON.parse(await readFile(join(folder, name, MANIFEST), 'utf8')))
    } catch (cause) {
      throw new AnswerphoneError('AP_SPEECH_MODEL_MISSING', { name }, { cause })
    }
  }
  const inFolder = (name: string) => (file: string) => join(folder, name, file)
  const unfit = (name: string, why: string) => new AnswerphoneError('AP_SPEECH_MODEL_UNFIT', { name, why })

  return {
    folder,
    async list() {
      const names = await readdir(folder).catch(() => [])
      const found = await Promise.all(
        names.sort().map((name) =>
          read(name).then(
            (model) => [installed(name, model)],
            () => [],
          ),
        ),
      )
      return found.flat()
    },
    async locateEar(name) {
      const found = await read(name)
      if (isVoice(found)) throw unfit(name, 'it is a voice: it reads aloud, and can’t listen')
      return moveEar(found, inFolder(name))
    },
    async locateVoice(name) {
      const found = await read(name)
      if (!isVoice(found)) throw unfit(name, 'it listens, and has no voice')
      return moveVoice(found, inFolder(name))
    },
    async remove(name) {
      await read(name)
      await rm(join(folder, name), { recursive: true })
    },
  }
}
