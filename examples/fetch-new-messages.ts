/**
 * Saves the new messages as WAV files into this folder and marks them heard.
 *
 *     npx node examples/fetch-new-messages.ts http://localhost:8080 ap_…
 */
import { writeFile } from 'node:fs/promises'
import type { MessagePage } from '../src/api/contract.ts'

const [base = 'http://localhost:8080', token = ''] = process.argv.slice(2)

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${base}/api/v1${path}`, { ...init, headers })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer
}

const { messages } = (await (await ask('/messages?state=new')).json()) as MessagePage
for (const { id, callerNumber, receivedAt } of messages) {
  const file = `${receivedAt.slice(0, 16).replace(/[T:]/g, '-')}-${callerNumber ?? 'unknown'}.wav`
  const audio = await ask(`/messages/${id}/audio`)
  await writeFile(file, Buffer.from(await audio.arrayBuffer()))
  await ask(`/messages/${id}`, { method: 'PATCH', body: JSON.stringify({ state: 'heard' }) })
  console.log(file)
}
