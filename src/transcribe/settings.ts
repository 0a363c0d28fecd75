import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../shared/clock.ts'
import { keep, readKept } from '../shared/kept.ts'
import { openSpeechModels, type SpeechModels } from '../sherpa/models/installed-models.ts'
import type { Store } from '../store/store.ts'
import { commandTranscriber } from './command/command-transcriber.ts'
import { serverTranscriber } from './server/server-transcriber.ts'
import { sherpaTranscriber } from './sherpa/sherpa-transcriber.ts'
import type { Transcriber } from './transcriber.ts'

/** How what callers say is written down. */
export interface TranscriptionSettings {
  readonly by: 'off' | 'command' | 'server' | 'model'
  /** Run by the shell for each message. */
  readonly command: string | null
  /** Samples a second of the sound that the command gets. */
  readonly commandRate: 8000 | 16_000
  readonly serverUrl: string | null
  readonly serverModel: string
  /** Name of a model that is installed. */
  readonly speechModel: string | null
  /** As BCP 47 has it; null: the transcriber finds out. */
  readonly language: string | null
  /** Also while a message is left. */
  readonly live: boolean
  /** How long mails and pushes of a new message wait for its words, at most. */
  readonly waitSeconds: number
  /** Messages that were received before are left alone. */
  readonly since: number
}

export const DEFAULT_TRANSCRIPTION: TranscriptionSettings = {
  by: 'off',
  command: null,
  commandRate: 16_000,
  serverUrl: null,
  serverModel: 'whisper-1',
  speechModel: null,
  language: null,
  live: true,
  waitSeconds: 20,
  since: 0,
}

/** The settings in the database, where changes are heard of, and the server's key in a file that only we can read. */
export interface KeptTranscription {
  read(): Promise<TranscriptionSettings>
  write(settings: TranscriptionSettings): Promise<void>
  /** Null: there is none for this server. */
  readKey(serverUrl: string): Promise<string | null>
  /** Null removes it. */
  writeKey(serverUrl: string, key: string | null): Promise<void>
  /** Models that are installed, for listening and for speaking. */
  readonly models: SpeechModels
}

const KEY = 'transcription'

export async function readTranscription({
  settings,
}: Pick<Store, 'settings'>): Promise<TranscriptionSettings> {
  const kept = await settings.get(KEY)
  return { ...DEFAULT_TRANSCRIPTION, ...(kept === null ? {} : (JSON.parse(kept) as object)) }
}

/** @param dataDir with the file of the key (it stands there with its server, so that no other gets it), and the folder of the models */
export function keepTranscription(store: Pick<Store, 'settings'>, dataDir: string): KeptTranscription {
  const path = join(dataDir, 'secrets', 'transcription.json')
  return {
    models: openSpeechModels(join(dataDir, 'models')),
    read: () => readTranscription(store),
    write: (settings) => store.settings.set(KEY, JSON.stringify(settings)),
    async readKey(serverUrl) {
      const kept = await readKept<{ readonly serverUrl: string; readonly key: string }>(path)
      return kept?.serverUrl === serverUrl ? kept.key : null
    },
    writeKey: (serverUrl, key) => (key === null ? rm(path, { force: true }) : keep(path, { serverUrl, key })),
  }
}

/** Undefined: nobody writes anything down. */
export function transcriberOf(
  settings: TranscriptionSettings,
  key: string | null,
  { models, clock }: { readonly models: SpeechModels; readonly clock: Clock },
): Transcriber | undefined {
  const { by, command, commandRate, serverUrl, serverModel, speechModel, language, live } = settings
  if (by === 'command' && command !== null) return commandTranscriber(command, commandRate)
  if (by === 'server' && serverUrl !== null)
    return serverTranscriber({ url: serverUrl, key, model: serverModel })
  if (by === 'model' && speechModel !== null)
    return sherpaTranscriber(speechModel, {
      ...{ model: () => models.locateEar(speechModel), language, staysReady: live, clock },
    })
  return undefined
}
