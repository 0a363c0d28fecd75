import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'

type LiveWaveformComponent = ComponentType<{ readonly callId: string }>

const waveform = signal<LiveWaveformComponent | null>(null)
let asked = false

/** The sound of a message while it is left, drawn; fetched with the first of them. */
export function LazyLiveWaveform({ callId }: { readonly callId: string }) {
  if (!asked) {
    asked = true
    void import('../levels/live-waveform.tsx').then(
      (module) => {
        waveform.value = module.default
      },
      () => {
        // A card without it is better than an error beside a call; the next call tries again.
        asked = false
      },
    )
  }
  const LiveWaveform = waveform.value
  return LiveWaveform && <LiveWaveform callId={callId} />
}
