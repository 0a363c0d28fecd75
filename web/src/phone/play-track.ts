/** Lets the track be heard until the returned function is called. */
export function playTrack(track: MediaStreamTrack): () => void {
  const player = new Audio()
  player.srcObject = new MediaStream([track])
  // It follows a touch; where the browser wants another, the call's own buttons are one.
  player.play().catch(() => document.addEventListener('click', () => void player.play(), { once: true }))
  return () => {
    player.pause()
    player.srcObject = null
  }
}
