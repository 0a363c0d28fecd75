/** The ringing tone of most of Europe (ETSI TR 101 041-2): 425 Hz, one second of five. */
const PITCH_HZ = 425
const TONE_S = 1
const EVERY_MS = 5000
const LOUDNESS = 0.08

/** Lets who calls hear that it rings at the other end, until the returned function is called. */
export function startRingback(): () => void {
  const audio = new AudioContext()
  const beep = () => {
    const loudness = new GainNode(audio, { gain: LOUDNESS })
    const tone = new OscillatorNode(audio, { frequency: PITCH_HZ })
    tone.connect(loudness).connect(audio.destination)
    tone.start()
    tone.stop(audio.currentTime + TONE_S)
  }
  beep()
  const timer = window.setInterval(beep, EVERY_MS)
  return () => {
    window.clearInterval(timer)
    void audio.close()
  }
}
