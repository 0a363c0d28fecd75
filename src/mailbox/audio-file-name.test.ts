import { describe, expect, it } from 'vitest'
import { audioFileName } from './audio-file-name.ts'

const receivedAt = new Date(2026, 10, 26, 8, 15).getTime()

describe("a recording's file name", () => {
  it('tells when and who', () => {
    expect(audioFileName({ receivedAt, callerName: 'Ruth', callerNumber: '+4930' }, 'mp3')).toBe(
      '2026-11-26 0815 Ruth.mp3',
    )
    expect(audioFileName({ receivedAt, callerName: null, callerNumber: null }, 'wav')).toBe(
      '2026-11-26 0815 unknown.wav',
    )
  })

  it('holds nothing of what a caller may call himself that a disk or a header minds', () => {
    const name = audioFileName({ receivedAt, callerName: '../"a\r\nb: c', callerNumber: null }, 'opus')
    expect(name).toBe('2026-11-26 0815 ..ab c.opus')
  })
})
