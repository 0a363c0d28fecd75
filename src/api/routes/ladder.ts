import { writePcap } from '../../trace/pcap.ts'
import { findHouseCalls, needTrace } from '../acts/ladder.ts'
import { houseCallPage, houseCallQuery, ladder } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { saveAs } from '../save-as.ts'
import { showLadder } from '../views/ladder.ts'
import { byId } from './parameters.ts'

const common = { access: 'member', tag: 'Calls' } as const

export const ladderRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/calls/:id/ladder',
    summary: 'What went over the wire for a call: its SIP messages without secrets, and how its sound was',
    params: byId,
    answer: { status: 200, json: ladder },
    errors: ['AP_LADDER_MISSING'],
    handle: async ({ params }, context) => showLadder(await needTrace(context, params.id)),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/calls/:id/pcap',
    summary:
      'The same messages as a pcap file, for Wireshark; without secrets, TLS and WebSocket as plain TCP',
    params: byId,
    answer: { status: 200, media: 'application/vnd.tcpdump.pcap' },
    errors: ['AP_LADDER_MISSING'],
    async handle({ params, reply }, context) {
      const trace = await needTrace(context, params.id)
      reply.type('application/vnd.tcpdump.pcap')
      reply.header('content-disposition', saveAs(`call-${trace.id}.pcap`))
      return writePcap(trace)
    },
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/house-calls',
    summary: 'Calls between phones, and out, of which there are ladders; the newest first',
    query: houseCallQuery,
    answer: { status: 200, json: houseCallPage },
    handle: async ({ query }, { store }) => findHouseCalls(store, query),
  }),
]
