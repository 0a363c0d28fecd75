import { basename, dirname } from 'node:path'
import { finished } from 'node:stream'
import '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { EncodedFile, EncodedFormat } from '../mailbox/encode/encode-recording.ts'
import { saveAs } from './save-as.ts'

/**
 * Sends a WAV file, whole or the range asked for (RFC 9110 §14), with an entity tag. A browser may keep it but has to
 * ask again each time, so that a recording that was removed is not heard from its cache.
 *
 * @param downloadName when given, the browser saves it under this name instead of playing it
 */
export function sendAudio(reply: FastifyReply, path: string, downloadName?: string): FastifyReply {
  reply.type('audio/wav').header('cache-control', 'private, no-cache')
  if (downloadName !== undefined) reply.header('content-disposition', saveAs(downloadName))
  return reply.sendFile(basename(path), dirname(path), { cacheControl: false, contentType: false })
}

const KINDS = { mp3: 'audio/mpeg', opus: 'audio/ogg; codecs=opus' } as const

/** Sends an encoded recording, always whole (two encodings of it need not be the same to the byte), and removes it. */
export function sendEncoded(
  reply: FastifyReply,
  file: EncodedFile,
  { format, name }: { readonly format: EncodedFormat; readonly name: string },
): FastifyReply {
  finished(reply.raw, () => void file[Symbol.asyncDispose]())
  reply.type(KINDS[format]).header('cache-control', 'private, no-cache')
  reply.header('content-disposition', saveAs(name))
  const { path } = file
  return reply.sendFile(basename(path), dirname(path), {
    cacheControl: false,
    contentType: false,
    acceptRanges: false,
  })
}
