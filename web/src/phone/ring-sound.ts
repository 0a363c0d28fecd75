const EVERY_MS = 3_200
/** Two soft bells, a third apart (Hz), one after the other. */
const BELLS = [659.3, 523.3] as const
const BELL_APART_S = 0.28
const FADES_S = 1.4
const LOUDNESS = 0.12
/** A hand on the bell: quick, and without a click. */
const STOPS_S = 0.05

let context: AudioContext | undefined

/** Rings gently until the returned function is called. A browser that was not touched yet stays silent. */
export function startRinging(): () => void {
  context ??= new AudioContext()
  const audio = context
  void audio.resume()
  const hand = new GainNode(audio)
  hand.connect(audio.destination)
  const strike = () => {
    if (audio.state !== 'running') return
    for (const [place, pitch] of BELLS.entries()) ring(hand, pitch, place * BELL_APART_S)
  }
  strike()
  const timer = window.setInterval(strike, EVERY_MS)
  return () => {
    window.clearInterval(timer)
    hand.gain.setTargetAtTime(0, audio.currentTime, STOPS_S / 3)
    window.setTimeout(() => hand.disconnect(), STOPS_S * 2000)
  }
}

function ring(hand: GainNode, pitch: number, inSeconds: number): void {
  const audio = hand.context
  const at = audio.currentTime + inSeconds
  const loudness = new GainNode(audio, { gain: 0 })
  loudness.gain.setValueAtTime(0, at)
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015)
  loudness.gain.exponentialRampToValueAtTime(0.0005, at + FADES_S)
  const bell = new OscillatorNode(audio, { frequency: pitch })
  bell.connect(loudness).connect(hand)
  bell.start(at)
  bell.stop(at + FADES_S)
}
