/**
 * The process in which sherpa-onnx speaks: a model or a text that it does not like ends it, and calls go on. Started by start-process.ts with little
 * priority; it ends with whoever has started it.
 */
import { loadSherpaOnnx, type OfflineTts } from '../../sherpa/sherpa-onnx.ts'
import { loadVoice, say } from './load-voice.ts'
import type { FromSpeaker, ToSpeaker } from './messages.ts'

let voice: OfflineTts | undefined

const tell = (message: FromSpeaker) => process.send?.(message)

function obey(order: ToSpeaker): void {
  switch (order.kind) {
    case 'load': {
      const sherpa = loadSherpaOnnx()
      if (!sherpa) return void tell({ kind: 'missing' })
      voice = loadVoice(sherpa, order.model)
      return void tell({ kind: 'loaded' })
    }
    case 'say':
      if (voice) tell({ kind: 'said', ...say(voice, order.text) })
  }
}

process.on('message', (order: ToSpeaker) => {
  // Its interface says `any`; start-speaker.ts sends nothing else.
  obey(order)
})
process.on('disconnect', () => process.exit(0))
