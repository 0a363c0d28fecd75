import voiceUrl from '../../../assets/prompts/test-caller.wav?url'

/** What the machine is told where no microphone is used. */
export interface RecordedVoice {
  readonly stream: MediaStream
  /** Speaks from the beginning. */
  speak(): void
  close(): void
}

/** A voice from the tape as if it were a microphone; silent until it speaks. */
export async function openRecordedVoice(): Promise<RecordedVoice> {
  const context = new AudioContext()
  const [sound] = await Promise.all([
    fetch(voiceUrl)
      .then((answer) => answer.arrayBuffer())
      .then((bytes) => context.decodeAudioData(bytes)),
    context.resume(),
  ])
  const out = new MediaStreamAudioDestinationNode(context)
  let source: AudioBufferSourceNode | undefined
  return {
    stream: out.stream,
    speak() {
      source?.stop()
      source = new AudioBufferSourceNode(context, { buffer: sound })
      source.connect(out)
      source.start()
    },
    close: () => void context.close(),
  }
}
