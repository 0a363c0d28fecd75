import { type CallPlan, measureCall } from './measured-call.ts'

/** A process that does nothing but call and measure: what the phones do in theirs takes none of its time. */
process.on('message', async ({ id, plan }: { id: number; plan: CallPlan }) => {
  try {
    process.send?.({ id, record: await measureCall(plan) })
  } catch (error) {
    process.send?.({ id, why: String(error) })
  }
})
