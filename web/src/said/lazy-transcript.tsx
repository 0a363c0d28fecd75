import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { Message } from '../../../src/api/contract.ts'

type TranscriptComponent = ComponentType<{ readonly message: Message }>

const transcript = signal<TranscriptComponent | null>(null)
let asked = false

/** What was said in a message, fetched with the first that has it; those that have nothing written down cost nothing. */
export function LazyTranscript({ message }: { readonly message: Message }) {
  if (message.transcript === null) return null
  if (!asked) {
    asked = true
    void import('./transcript.tsx').then((module) => {
      transcript.value = module.default
    })
  }
  const Transcript = transcript.value
  return Transcript && <Transcript key={message.id} message={message} />
}
