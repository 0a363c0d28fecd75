import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readWav } from '../../src/media/wav/read-wav.ts'
import { SpeechStretches } from '../../src/transcribe/speech-stretches.ts'

/** A request as it came. */
export interface PostedAudio {
  readonly path: string
  readonly authorization: string | undefined
  readonly fields: Readonly<Record<string, string>>
  readonly durationMs: number
}

/** A scripted server that speaks as OpenAI's `/v1/audio/transcriptions` does: it takes loud sound for words, and counts it. */
export interface TranscriptionServer extends AsyncDisposable {
  readonly url: string
  readonly posted: readonly PostedAudio[]
  /** What it answers with instead, from now on; undefined: as it should. */
  answer: { readonly status: number; readonly body: string } | undefined
  /** Refuses `verbose_json`, as models without times do. */
  plain: boolean
  /** Sentences that it has said in whole. */
  said: number
}

/** A piece shorter than this is of a sentence that goes on, and gets the words that the whole one will get. */
export async function startTranscriptionServer(): Promise<TranscriptionServer> {
  const posted: PostedAudio[] = []
  const server = createServer(async (request, response) => {
    const form = await readForm(request)
    const file = form.get('file')
    const wav = readWav(new Uint8Array(file instanceof Blob ? await file.arrayBuffer() : []))
    const speech = new SpeechStretches(wav.sampleRate)
    speech.hear(wav.samples)
    posted.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
      fields: Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')) as Record<
        string,
        string
      >,
      durationMs: speech.heardMs,
    })
    const { answer } = tried
    if (answer) return void response.writeHead(answer.status).end(answer.body)
    const format = form.get('response_format')
    if (tried.plain && format === 'verbose_json')
      return void response.writeHead(400).end('{"error":"no times"}')
    // A sentence that is over has a pause after it.
    const segments = speech.all.map(({ startMs, endMs }, index) => ({
      text: ` sentence ${tried.said + index + 1}.`,
      start: startMs / 1000,
      end: endMs / 1000,
      avg_logprob: -0.5,
      no_speech_prob: 0.1,
    }))
    if (speech.silentMs >= 400) tried.said += segments.length
    const text = segments.map((segment) => segment.text).join('')
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify(format === 'verbose_json' ? { text, language: 'english', segments } : { text }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const tried: TranscriptionServer = {
    url: `http://127.0.0.1:${port}/v1`,
    posted,
    answer: undefined,
    plain: false,
    said: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return tried
}

async function readForm(request: IncomingMessage): Promise<FormData> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  return new Response(Buffer.concat(chunks), { headers }).formData()
}
