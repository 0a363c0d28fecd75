import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AnswerphoneError } from '../shared/errors.ts'

/**
 * Serves the page. Files below assets/ bear a hash in their name and never change; all others are asked for again each
 * time. A path that is no file, and not the API's, is a place within the page: it gets index.html.
 */
export async function servePage(app: FastifyInstance, webDir: string): Promise<void> {
  const isBuilt = () => existsSync(join(webDir, 'index.html'))

  await app.register(fastifyStatic, { serve: false, root: webDir, cacheControl: false, index: false })
  app.route({
    method: 'GET',
    url: '/*',
    config: { access: 'anyone' },
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const path = URL.parse(`http://page${request.url}`)?.pathname
      if (path === undefined || isApi(path)) return reply.callNotFound()
      if (!isBuilt()) throw new AnswerphoneError('AP_PAGE_NOT_BUILT')
      if (path.startsWith('/assets/')) {
        reply.header('cache-control', 'public, max-age=31536000, immutable')
        return reply.sendFile(path.slice(1))
      }
      reply.header('cache-control', 'no-cache')
      const isFile = /\.\w+$/.test(path)
      return reply.sendFile(isFile ? path.slice(1) : 'index.html')
    },
  })
}

/** What is no page: programs ask there, and get a problem when there is nothing. */
export function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/')
}
