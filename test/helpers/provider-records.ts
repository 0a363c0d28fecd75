import type { ProviderRecord } from './provider-record.ts'
import { threeCx } from './providers/3cx.ts'
import { easybell } from './providers/easybell.ts'
import { freepbx } from './providers/freepbx.ts'
import { fritzbox, fritzboxIpv6, fritzboxOverIpv6 } from './providers/fritzbox.ts'
import { sipgate } from './providers/sipgate.ts'
import { telekom } from './providers/telekom.ts'
import { telnyx } from './providers/telnyx.ts'
import { twilio } from './providers/twilio.ts'
import { voipms } from './providers/voipms.ts'

/** One at least for each preset. */
export const providerRecords: readonly ProviderRecord[] = [
  fritzbox,
  fritzboxIpv6,
  fritzboxOverIpv6,
  freepbx,
  threeCx,
  easybell,
  sipgate,
  telekom,
  telnyx,
  twilio,
  voipms,
  { ...voipms, preset: 'account', said: [] },
  { ...twilio, preset: 'trunk', said: [] },
]
