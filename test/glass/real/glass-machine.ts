import { writeWav } from '../../../src/media/wav/write-wav.ts'
import { eventually } from '../../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../../helpers/running-machine.ts'

/** The callers' address: the lines trust it, and the phones have another. */
export const CALLERS = '127.0.0.2'
export const RING_SECONDS = 1

/** Lines by number: their names are of one length, and occur nowhere else. */
export const lineName = (place: number) => `glass-line-${String(place).padStart(2, '0')}`

/** Phones by line and number. */
export const phoneName = (line: number, phone: number) => `phone-${line}-${phone}`
export const PASSWORD = 'a lamp in the hall'

/**
 * The real program with so many lines, each with a mailbox of its own, a short ring and a short greeting.
 * @param phonesAt how many phones ring for the line with this number; see `phoneName`
 */
export async function startGlassMachine(
  lines: number,
  phonesAt: (line: number) => number = () => 0,
): Promise<RunningMachine> {
  const machine = await startMachine()
  const post = async (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) => {
    const answer = await machine.api(path, { method: 'POST', headers: { 'content-type': type }, body })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  }
  const add = (path: string, fields: unknown) => post(path, 'application/json', JSON.stringify(fields))
  await post('/greetings?name=brief', 'audio/wav', Uint8Array.from(writeWav(hum(0.5), 8000)))
  // Nobody calls the line that every machine begins with; its trunk would take the phones for callers.
  await machine.api('/lines/home', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ trunk: ['127.0.0.3/32'] }),
  })
  const settle = async (place: number) => {
    const name = lineName(place)
    await add('/mailboxes', { name, greeting: 'brief' })
    await add('/lines', { name, trunk: [`${CALLERS}/32`], mailbox: name, ringSeconds: RING_SECONDS })
    for (let phone = 0; phone < phonesAt(place); phone++)
      await add('/phones', { name: phoneName(place, phone), password: PASSWORD, mailboxes: [name] })
  }
  await Promise.all(Array.from({ length: lines }, (_, place) => settle(place)))
  const isServed = (metrics: string, place: number) =>
    metrics.includes(`answerphone_line_ring_seconds{line="${lineName(place)}"} ${RING_SECONDS}\n`)
  await eventually(async () => {
    const metrics = await machine.metrics()
    return Array.from({ length: lines }, (_, place) => isServed(metrics, place)).every(Boolean)
  })
  return machine
}

/** A tone that never repeats within a frame, so that each of its frames is another. */
function hum(seconds: number): Int16Array<ArrayBuffer> {
  return Int16Array.from(
    { length: seconds * 8000 },
    (_, i) => 8000 * Math.sin(i * 0.171) + 4000 * Math.sin(i * 0.0313),
  )
}
