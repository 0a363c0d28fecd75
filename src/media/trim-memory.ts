/**
 * For the process, once its threads have settled (settleMemory): what they have freed goes back to the system. glibc keeps it for the
 * next peak; 13 MB after the start. Does nothing with another libc.
 */
export async function trimMemory(): Promise<void> {
  if (process.platform !== 'linux') return
  try {
    const { default: koffi } = await import('koffi')
    const trim = koffi.load(null).func('int malloc_trim(size_t)')
    await new Promise((resolve) => trim.async(0, resolve))
  } catch {
    // musl has no such call, and keeps little.
  }
}
