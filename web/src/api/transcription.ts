import type { TranscriptionChange, TranscriptionSettings } from '../../../src/api/contract.ts'
import { request } from './request.ts'

export const readTranscription = () => request<TranscriptionSettings>('GET', '/transcription')
export const changeTranscription = (change: TranscriptionChange) =>
  request<TranscriptionSettings>('PATCH', '/transcription', change)
