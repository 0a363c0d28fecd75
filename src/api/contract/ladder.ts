import { z } from 'zod'

const place = z.object({ address: z.string(), port: z.int() })

const quality = z.object({
  mos: z.number().describe('Mean opinion score from 1 to 4.4, estimated by the E-model (ITU-T G.107)'),
  verdict: z.enum(['excellent', 'good', 'fair', 'poor', 'bad']),
})
export type Quality = z.infer<typeof quality>

export const ladderParty = z.object({
  kind: z.enum(['caller', 'machine', 'phone', 'line']),
  name: z.string().nullable().describe('Number of the caller, name of the phone or line; null: withheld'),
  place: place.describe('Where it was reached first'),
})
export type LadderParty = z.infer<typeof ladderParty>

export const ladderMessage = z.object({
  at: z.iso.datetime(),
  afterMs: z.number().describe('Since the first message'),
  from: z.int().describe('Index of a party'),
  to: z.int().describe('Index of a party'),
  title: z.string().describe('`INVITE`, `200 OK`'),
  method: z.string().describe('The request that it is, or answers'),
  session: z.string().nullable().describe('Of its session description: place, codecs, direction, encryption'),
  repeated: z.boolean().describe('The same as before: sent again as nothing came back'),
  transport: z.string(),
  source: place,
  destination: place,
  text: z.string().describe('The whole message, without its secrets'),
})
export type LadderMessage = z.infer<typeof ladderMessage>

export const legStatistics = z.object({
  kind: z.enum(['caller', 'phone', 'line']),
  name: z.string().nullable(),
  codec: z.string(),
  durationMs: z.number(),
  sent: z.object({ packets: z.int(), bytes: z.int() }),
  received: z.object({ packets: z.int(), bytes: z.int() }),
  lost: z.int().describe('Packets that never came'),
  late: z.int().describe('Packets that came after later ones, or twice'),
  ignored: z.int().describe('Packets from elsewhere'),
  jitterMs: z.number().describe('Interarrival jitter at the end (RFC 3550 §6.4.1)'),
  longestGapMs: z.number().describe('Between two packets that came, while some were to come'),
  quality: quality.nullable().describe('Of what we heard; null: nothing came'),
  reported: z
    .object({
      lostShare: z.number().describe('From 0 to 1'),
      jitterMs: z.number(),
      roundTripMs: z.number().nullable(),
      quality,
    })
    .nullable()
    .describe('What the other side reported of our sound (RTCP); null: nothing'),
})
export type LegStatistics = z.infer<typeof legStatistics>

export const ladder = z.object({
  id: z.string(),
  kind: z.enum(['call', 'house']).describe('`house`: between phones, or out'),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable().describe('Null: it goes on'),
  parties: z.array(ladderParty).describe('The columns of the drawing, from left to right'),
  messages: z.array(ladderMessage),
  omitted: z.object({ messages: z.int(), bytes: z.int() }).describe('More than is kept of one call'),
  statistics: z.array(legStatistics).describe('Of each leg whose sound has ended'),
})
export type Ladder = z.infer<typeof ladder>

export const houseCall = z.object({
  id: z.string(),
  title: z.string().describe('`kitchen → 0301234`'),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})
export type HouseCall = z.infer<typeof houseCall>

export const houseCallPage = z.object({ calls: z.array(houseCall), nextCursor: z.string().nullable() })
export const houseCallQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
