/** A command for tests: it takes loud sound for words, and counts it. `node scripted-transcriber.ts` */
import { SpeechStretches } from '../../src/transcribe/speech-stretches.ts'

const rate = Number(process.env['ANSWERPHONE_SAMPLE_RATE'])
const isLive = process.env['ANSWERPHONE_LIVE'] === '1'
const speech = new SpeechStretches(rate)
let said = 0
let isSpeaking = false
const say = () => console.log(isLive ? `sentence ${++said}` : JSON.stringify(segment()))
const segment = () => {
  const { startMs = 0, endMs = 0 } = speech.all[said] ?? {}
  return { text: `sentence ${++said}`, start: startMs / 1000, end: endMs / 1000, confidence: 0.5 }
}

console.log(JSON.stringify({ language: 'en' }))
let rest = Buffer.alloc(0)
for await (const chunk of process.stdin) {
  const bytes = Buffer.concat([rest, chunk])
  const samples = Math.floor(bytes.length / 2)
  rest = bytes.subarray(samples * 2)
  for (let at = 0; at < samples; at += rate / 100) {
    const count = Math.min(rate / 100, samples - at)
    speech.hear(Int16Array.from({ length: count }, (_, n) => bytes.readInt16LE((at + n) * 2)))
    const isQuiet = speech.silentMs > 400
    if (!isSpeaking && speech.all.length > said) {
      isSpeaking = true
      console.log(JSON.stringify({ partial: `sentence ${said + 1}` }))
    }
    if (isSpeaking && isQuiet) {
      isSpeaking = false
      say()
    }
  }
}
while (speech.all.length > said) say()
