import { version } from '../../shared/version.ts'
import type { SipPlace } from '../context.ts'
import { type About, about } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { readDisk } from '../views/disk.ts'

export const aboutRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/about',
    access: 'member',
    tag: 'Operations',
    summary: 'The version, where phones reach SIP, and the room on the disk',
    answer: { status: 200, json: about },
    handle: async (_request, { sipPlaces, dataDir, voice }): Promise<About> => ({
      version,
      voice: (await voice.languages()).length > 0,
      sip: gather(sipPlaces?.() ?? []),
      disk: dataDir === undefined ? null : await readDisk(dataDir),
    }),
  }),
]

/** One entry for each address and port, with all of its transports. */
function gather(places: readonly SipPlace[]): About['sip'] {
  const byPlace = Map.groupBy(places, ({ address, port }) => `${address} ${port}`)
  return [...byPlace.values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const everywhere = first.address === '0.0.0.0' || first.address === '::'
    const transports = [...new Set(same.map(({ transport }) => transport.toUpperCase()))]
    return [{ host: everywhere ? null : first.address, port: first.port, transports }]
  })
}
