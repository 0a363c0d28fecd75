import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import { MODEL_KINDS, type ModelKind, type SpeechModel } from './speech-model.ts'

/** A model that is installed. */
export interface InstalledModel {
  readonly name: string
  readonly kind: ModelKind
  /** Of its files. */
  readonly bytes: number
  /** Of the archive that it came in. */
  readonly sha256: string
  /** Where that came from: a file's name or an address. */
  readonly from: string
  readonly addedAt: number
}

/** The folder with the models that are installed, each in one of its own. */
export interface SpeechModels {
  readonly folder: string
  /** By name. */
  list(): Promise<readonly InstalledModel[]>
  /** Where its files are. Rejects with AP_SPEECH_MODEL_MISSING. */
  locate(name: string): Promise<SpeechModel>
  /** Rejects with AP_SPEECH_MODEL_MISSING. */
  remove(name: string): Promise<void>
}

/** A folder's name, and no other; one with a dot at the beginning is not whole yet. */
export const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const MANIFEST = 'installed.json'

const path = z.string().regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+$/)
const manifest = z.object({
  kind: z.enum(Object.keys(MODEL_KINDS) as [ModelKind, ...ModelKind[]]),
  parts: z.partialRecord(z.enum(['encoder', 'decoder', 'joiner', 'model']), path),
  tokens: path,
  bytes: z.int(),
  sha256: z.string(),
  from: z.string(),
  addedAt: z.int(),
})

/** Writes down what a folder holds: with this file a model is whole. */
export async function writeManifest(
  folder: string,
  { kind, parts, tokens }: SpeechModel,
  about: Omit<InstalledModel, 'name' | 'kind'>,
): Promise<void> {
  const within = (file: string) => relative(folder, file)
  const named = Object.fromEntries(Object.entries(parts).map(([part, file]) => [part, within(file)]))
  const written = { kind, parts: named, tokens: within(tokens), ...about }
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(written, null, 2)}\n`)
}

export function openSpeechModels(folder: string): SpeechModels {
  /** Undefined where there is none, or none that is whole. */
  async function read(name: string) {
    if (!MODEL_NAME.test(name)) return undefined
    try {
      return manifest.parse(JSON.parse(await readFile(join(folder, name, MANIFEST), 'utf8')))
    } catch {
      return undefined
    }
  }
  const missing = (name: string) => new AnswerphoneError('AP_SPEECH_MODEL_MISSING', { name })

  return {
    folder,
    async list() {
      const names = await readdir(folder).catch(() => [])
      const found = await Promise.all(
        names.sort().map(async (name) => {
          const { parts: _, tokens: __, ...about } = (await read(name)) ?? {}
          return 'kind' in about ? [{ name, ...about } as InstalledModel] : []
        }),
      )
      return found.flat()
    },
    async locate(name) {
      const found = await read(name)
      if (!found) throw missing(name)
      const place = (file: string) => join(folder, name, file)
      const parts = Object.entries(found.parts).map(([part, file]) => [part, place(file)])
      return { kind: found.kind, parts: Object.fromEntries(parts), tokens: place(found.tokens) }
    },
    async remove(name) {
      if (!(await read(name))) throw missing(name)
      await rm(join(folder, name), { recursive: true })
    },
  }
}
