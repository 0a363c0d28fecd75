/** Keeps the screen lit until the returned function is called (Screen Wake Lock; secure pages only). */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined
  let over = false
  const take = async () => {
    // The browser takes it back whenever the page is hidden.
    if (over || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    lock = await navigator.wakeLock.request('screen')
    if (over) await lock.release()
  }
  // A battery that runs low may refuse: the kitchen then sleeps as any page does.
  const tryToTake = () => void take().catch(() => {})
  tryToTake()
  document.addEventListener('visibilitychange', tryToTake)
  return () => {
    over = true
    document.removeEventListener('visibilitychange', tryToTake)
    void lock?.release()
  }
}
