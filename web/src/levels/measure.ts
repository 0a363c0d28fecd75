const LOOK_EVERY_MS = 50

/** Tells the peak of each moment of this sound, 0 to 1, until what it returns is called. */
export function measure(stream: MediaStream, onLevel: (peak: number) => void): () => void {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context)
  context.createMediaStreamSource(stream).connect(analyser)
  const moment = new Float32Array(analyser.fftSize)
  const look = window.setInterval(() => {
    analyser.getFloatTimeDomainData(moment)
    onLevel(moment.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0))
  }, LOOK_EVERY_MS)
  return () => {
    window.clearInterval(look)
    void context.close()
  }
}
