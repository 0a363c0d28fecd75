import { untilTouched } from '../state/touch.ts'

/** Lets the track be heard until the returned function is called. Where the browser wants a touch first, it is asked for. */
export function playTrack(track: MediaStreamTrack): () => void {
  const player = new Audio()
  player.srcObject = new MediaStream([track])
  player.play().catch(async (error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'NotAllowedError')) return
    await untilTouched()
    if (player.srcObject) await player.play()
  })
  return () => {
    player.pause()
    player.srcObject = null
  }
}
