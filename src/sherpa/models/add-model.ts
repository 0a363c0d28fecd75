import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { systemReason } from '../../shared/system-reason.ts'
import { type InstalledModel, MODEL_NAME, type SpeechModels, writeManifest } from './installed-models.ts'
import { recogniseModel } from './recognise-model.ts'
import { isVoice, type SpeechModel } from './speech-model.ts'
import { MOST_BYTES, UnfitArchive, unpackModel } from './unpack-model.ts'

/** What a model made of the sound of a test call, or of a sentence. */
export interface Trial {
  /** What one that listens wrote. */
  readonly text?: string
  readonly tookMs: number
  readonly soundMs: number
}

export interface AddModel {
  /** Path of an archive, or its address. */
  readonly from: string
  /** The archive's without its ending, where it is missing. */
  readonly name?: string | undefined
  /** What the archive must have, in hex. */
  readonly sha256?: string | undefined
  /** Has it listen or speak, or rejects. */
  readonly tryOut: (name: string, model: SpeechModel) => Promise<Trial>
  readonly clock: Pick<Clock, 'now'>
  /** For tests. */
  readonly mostBytes?: number
}

/** Begins with a dot: no model's name does. */
const UNFINISHED = '.adding-'

/**
 * Installs a model: unpacked beside the others, recognised, tried once, and only then named. Rejects with AP_SPEECH_MODEL_REFUSED, AP_NAME_TAKEN,
 * AP_INPUT_INVALID and AP_SPEECH_ENGINE_MISSING; nothing is left of it then.
 */
export async function addModel(
  models: SpeechModels,
  options: AddModel,
): Promise<InstalledModel & { readonly trial: Trial }> {
  const { from, tryOut, clock, mostBytes = MOST_BYTES } = options
  const isAddress = /^https?:\/\//.test(from)
  const name = options.name ?? nameOf(isAddress ? new URL(from).pathname : from)
  if (!MODEL_NAME.test(name))
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: `"${name}" is no name for a model.` })
  if ((await models.list()).some((model) => model.name === name))
    throw new AnswerphoneError('AP_NAME_TAKEN', { kind: 'speech model', name })
  const refused = (why: string, cause?: unknown) =>
    new AnswerphoneError('AP_SPEECH_MODEL_REFUSED', { from: basename(from), why }, { cause })

  await mkdir(models.folder, { recursive: true, mode: 0o700 })
  await removeUnfinished(models.folder)
  const folder = await mkdtemp(join(models.folder, UNFINISHED))
  try {
    const archive = isAddress ? download(from, refused) : createReadStream(from)
    const { sha256, bytes } = await unpackModel(archive, folder, mostBytes)
    if (options.sha256 !== undefined && options.sha256.toLowerCase() !== sha256)
      throw refused(`its SHA-256 is ${sha256}, and not what you gave`)
    const model = await recogniseModel(folder)
    if ('wrong' in model) throw refused(model.wrong)
    const trial = await tryOut(name, model).catch((error: unknown) => {
      if (!(error instanceof AnswerphoneError) || error.code !== 'AP_SPEECH_ENGINE_FAILED') throw error
      throw refused(`sherpa-onnx can't use it: ${error.details['why']}`, error)
    })
    const about = { bytes, sha256, from: isAddress ? from : basename(from), addedAt: clock.now() }
    await writeManifest(folder, model, about)
    await rename(folder, join(models.folder, name))
    const spoken = isVoice(model) ? { kind: model.kind, language: model.language } : { kind: model.kind }
    return { name, ...spoken, ...about, trial }
  } catch (error) {
    if (error instanceof AnswerphoneError) throw error
    throw refused(error instanceof UnfitArchive ? error.message : systemReason(error), error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `…/sherpa-onnx-streaming-zipformer-en.tar.bz2` → its name. */
const nameOf = (path: string) => basename(path).replace(/\.(?:tar\.bz2|tar\.gz|tar|tbz2?|tgz)$/i, '')

async function* download(address: string, refused: (why: string, cause?: unknown) => Error) {
  const response = await fetch(address).catch((error: unknown) => {
    const { cause, message } = error as Error
    throw refused(cause instanceof Error ? cause.message : message, error)
  })
  if (!response.ok || !response.body) throw refused(`the server answered ${response.status}`)
  yield* response.body
}

/** What somebody stopped in the middle. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true, force: true })
}
