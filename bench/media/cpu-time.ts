/** CPU time of this process, all threads, and the time on the wall, both in ms, since the last `start`. */
export function cpuMeter(): { start(): void; read(): { cpuMs: number; wallMs: number } } {
  let usage = process.cpuUsage()
  let at = performance.now()
  return {
    start() {
      usage = process.cpuUsage()
      at = performance.now()
    },
    read() {
      const { user, system } = process.cpuUsage(usage)
      return { cpuMs: (user + system) / 1000, wallMs: performance.now() - at }
    },
  }
}
