import type { AudioFormat } from '../../../src/api/contract.ts'

const MEDIA: Readonly<Record<AudioFormat, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  opus: 'audio/ogg',
}

/** Whether this browser hands files to other apps (only on secure origins). */
export function canShareFiles(): boolean {
  const probe = new File([''], 'message.mp3', { type: MEDIA.mp3 })
  return navigator.canShare?.({ files: [probe] }) ?? false
}

/** Fetches a recording under the name that the server gives it. Rejects when there is none. */
export async function fetchFile(url: string, format: AudioFormat): Promise<File> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status}`)
  const [, name] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return new File(
    [await response.blob()],
    name === undefined ? `message.${format}` : decodeURIComponent(name),
    {
      type: MEDIA[format],
    },
  )
}
