import { z } from 'zod'

export const srtpUse = z
  .enum(['off', 'offered', 'required'])
  .describe(
    'Whether sound is encrypted by SRTP. `offered` (default): where the other side can and signalling is by TLS; `required`: always, or there is no call',
  )
export type SrtpUse = z.infer<typeof srtpUse>
