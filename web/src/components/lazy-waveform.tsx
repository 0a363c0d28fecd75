import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { Message } from '../../../src/api/contract.ts'

type WaveformComponent = ComponentType<{ readonly message: Message }>

const waveform = signal<WaveformComponent | null>(null)
let asked = false

/** The waveform, fetched when the first message is opened; its room is kept free until then. */
export function LazyWaveform({ message }: { readonly message: Message }) {
  if (!asked) {
    asked = true
    void import('./waveform.tsx').then((module) => {
      waveform.value = module.default
    })
  }
  const Waveform = waveform.value
  return <div class="waveform-room">{Waveform && <Waveform key={message.id} message={message} />}</div>
}
