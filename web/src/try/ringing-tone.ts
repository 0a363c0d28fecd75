/** ITU-T E.180: 425 Hz, one second in five. */
const PITCH_HZ = 425
const SOUNDS_S = 1
const EVERY_MS = 5000
const LOUDNESS = 0.08

/** What a caller hears until somebody answers, until the returned function is called. */
export function startRingingTone(): () => void {
  const context = new AudioContext()
  const sound = () => {
    const tone = new OscillatorNode(context, { frequency: PITCH_HZ })
    tone.connect(new GainNode(context, { gain: LOUDNESS })).connect(context.destination)
    tone.start()
    tone.stop(context.currentTime + SOUNDS_S)
  }
  sound()
  const timer = window.setInterval(sound, EVERY_MS)
  return () => {
    window.clearInterval(timer)
    void context.close()
  }
}
