import { expect, it } from 'vitest'
import { keyTone } from '../../../test/helpers/key-tone.ts'
import { type MediaParty, type MediaScene, mediaScene, sceneFlow } from '../../../test/helpers/media-scene.ts'
import type { Flow } from '../engine.ts'

const { eventPayloadType: _, ...withoutEvents } = sceneFlow
const bare = (more: Partial<Flow> = {}): Partial<Flow> => ({ ...withoutEvents, ...more })

/** Speaks so many packets, 20 ms apart. */
function speak({ clock }: MediaScene, party: MediaParty, packets: number, of: (packet: number) => Buffer) {
  for (let packet = 0; packet < packets; packet++) {
    party.say(said++, { payload: of(packet) })
    clock.advance(20)
  }
}
let said = 1
const silence = () => Buffer.alloc(160, 0xff)
const digits = ({ events }: MediaParty) =>
  events.flatMap((event) => (event.kind === 'digit' ? [event.digit] : []))

/** A party that negotiated this alone: the scene's own flow names telephone-events. */
async function partyWith(scene: MediaScene, flow: Partial<Flow>): Promise<MediaParty> {
  const party = await scene.party({ codec: flow.codec ?? 'PCMU', payloadType: flow.payloadType ?? 0 })
  const { remote } = party.flow
  party.session.setFlow({ ...withoutEvents, ...flow, ...(remote && { remote }) } as Flow)
  return party
}

it('hears keys in the sound of who negotiated no telephone-events, at their end', async () => {
  const scene = await mediaScene()
  const party = await partyWith(scene, bare())
  for (const key of '8#') {
    speak(scene, party, 5, keyTone(key))
    speak(scene, party, 3, silence)
  }
  expect(digits(party)).toEqual(['8', '#'])
  expect(party.events[0]).toEqual({
    kind: 'digit',
    digit: '8',
    durationMs: expect.closeTo(100, -1.5),
    inBand: true,
  })
  await scene.end()
})

it('in A-law too, and when nothing follows', async () => {
  const scene = await mediaScene()
  const party = await partyWith(scene, bare({ codec: 'PCMA', payloadType: 8 }))
  speak(scene, party, 5, keyTone('5', 'PCMA'))
  expect(digits(party)).toEqual([])
  scene.clock.advance(300)
  expect(digits(party)).toEqual(['5'])
  await scene.end()
})

it('hears none where telephone-events were negotiated, nor from another source', async () => {
  const scene = await mediaScene()
  const party = await scene.party()
  speak(scene, party, 5, keyTone('1'))
  speak(scene, party, 3, silence)
  const other = await partyWith(scene, bare())
  speak(scene, other, 3, silence)
  for (let packet = 0; packet < 6; packet++)
    scene.wire.inject(
      { address: '203.0.113.66', port: 666 },
      other.session.local,
      rtp(packet, keyTone('9')(packet)),
    )
  scene.clock.advance(300)
  expect([digits(party), digits(other)]).toEqual([[], []])
  await scene.end()
})

it('stops when a re-INVITE settles on telephone-events, and begins when one ends them', async () => {
  const scene = await mediaScene()
  const party = await scene.party()
  const { eventPayloadType: _events, ...without } = party.flow
  for (const flow of [without, party.flow, without]) {
    party.session.setFlow(flow)
    speak(scene, party, 5, keyTone('3'))
    speak(scene, party, 3, silence)
  }
  expect(digits(party)).toEqual(['3', '3'])
  await scene.end()
})

function rtp(sequence: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(12)
  header[0] = 0x80
  header.writeUInt16BE(sequence, 2)
  header.writeUInt32BE(sequence * 160, 4)
  header.writeUInt32BE(666, 8)
  return Buffer.concat([header, payload])
}
