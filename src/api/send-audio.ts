import { basename, dirname } from 'node:path'
import '@fastify/static'
import type { FastifyReply } from 'fastify'

/**
 * Sends a WAV file, whole or the range asked for (RFC 9110 §14), with an entity tag. A browser may keep it but has to
 * ask again each time, so that a recording that was removed is not heard from its cache.
 *
 * @param downloadName when given, the browser saves it under this name instead of playing it
 */
export function sendAudio(reply: FastifyReply, path: string, downloadName?: string): FastifyReply {
  reply.type('audio/wav').header('cache-control', 'private, no-cache')
  if (downloadName !== undefined)
    reply.header('content-disposition', `attachment; filename="${downloadName}"`)
  return reply.sendFile(basename(path), dirname(path), { cacheControl: false, contentType: false })
}
