import { duplexPair } from 'node:stream'
import { createWebSocketTransport } from '../../../src/sip/transport/web-socket.ts'
import { openApiDesk } from '../../helpers/api-desk.ts'
import { holds, type Target } from '../target.ts'
import { tortureMessages } from './sip-message.ts'

const MASK = Buffer.from('37fa213d', 'hex')
const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 } as const
const FINAL = 0x80
const MASKED = 0x80

/** A frame as clients send it (RFC 6455 §5.2): masked, with as short a length as does. */
function frame(opcode: keyof typeof OPCODE, payload: Buffer, flags = FINAL): Buffer {
  const extended = Buffer.alloc(payload.length < 126 ? 0 : 2)
  if (extended.length > 0) extended.writeUInt16BE(payload.length)
  const head = Buffer.from([flags | OPCODE[opcode], MASKED | (extended.length > 0 ? 126 : payload.length)])
  const hidden = payload.map((byte, at) => byte ^ (MASK[at % 4] ?? 0))
  return Buffer.concat([head, extended, MASK, hidden])
}

/** Frames over a WebSocket that was let in (RFC 6455, RFC 7118): what is no frame ends its connection, and nothing else. */
export const webSocket: Target = {
  name: 'web-socket',
  shape: 'bytes',
  seeds: [
    ...tortureMessages.slice(0, 8).map((message) => frame('text', message)),
    Buffer.concat([
      frame('text', Buffer.from('OPTIONS '), 0),
      frame('continuation', Buffer.from('sip:a SIP/2.0\r\n\r\n')),
    ]),
    frame('binary', Buffer.from('\r\n\r\n')),
    frame('ping', Buffer.from('still there?')),
    frame('close', Buffer.from('03e8', 'hex')),
  ],
  async open() {
    let taken = 0
    let gone = 0
    const desk = await openApiDesk({ acceptPhone: (connection) => transport.accept(connection) })
    const transport = createWebSocketTransport({
      local: { address: '192.0.2.2', port: 8080 },
      clock: desk.clock,
      events: {
        onMessage: () => void taken++,
        onBroken() {},
        onSendFailed() {},
        onClosed: () => void gone++,
      },
    })
    const handshake = [
      'GET /sip HTTP/1.1',
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Protocol: sip',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      `Authorization: ${desk.asToken.authorization}`,
      '\r\n',
    ].join('\r\n')
    let opened = 0
    const connect = () => {
      const [client, server] = duplexPair()
      client.on('error', () => {})
      client.resume()
      desk.api.connect(server)
      client.write(handshake)
      opened++
      return client
    }
    let client = connect()
    await turns()
    return {
      take(input) {
        if (client.writableEnded || client.destroyed || client.readableEnded) client = connect()
        client.write(Buffer.from(input))
      },
      async check() {
        await turns()
        const { statusCode } = await desk.api.inject({ url: '/healthz' })
        holds(statusCode === 200, `the server is not well: ${statusCode}`)
        // Damage may leave a frame that never ends.
        client.destroy()
        await turns()
      },
      async close() {
        client.destroy()
        await turns()
        holds(taken > 0, 'not one message got through')
        holds(gone > 0 && gone <= opened, `${gone} of ${opened} connections were closed`)
        const closed = transport.close()
        desk.clock.advance(60_000)
        await closed
        await desk[Symbol.asyncDispose]()
      },
    }
  },
}

/** Lets streams in memory carry what was written. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next))
}
