import { words } from '../i18n/words.ts'
import { PhoneFailure } from './phone-failure.ts'

/** Asks for the microphone; throws PhoneFailure, in words that say what to do. */
export async function openMicrophone(): Promise<MediaStream> {
  // A page that came by plain HTTP from elsewhere has no such thing.
  if (!window.isSecureContext || !navigator.mediaDevices) throw new PhoneFailure(words.value.phone.insecure)
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
  } catch (error) {
    throw new PhoneFailure(whatIsWrong(error))
  }
}

export function closeMicrophone(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

function whatIsWrong(error: unknown): string {
  const { phone } = words.value
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError') return phone.denied
  return name === 'NotFoundError' ? phone.noMicrophone : phone.busyMicrophone
}
