import type { LinePreset } from '../contract.ts'
import { threeCx } from './3cx.ts'
import { easybell } from './easybell.ts'
import { freepbx } from './freepbx.ts'
import { fritzbox } from './fritzbox.ts'
import { account, trunk } from './generic.ts'
import { sipgate } from './sipgate.ts'
import { telekom } from './telekom.ts'
import { telnyx } from './telnyx.ts'
import { twilio } from './twilio.ts'
import { voipms } from './voipms.ts'

/** What is known of telephone systems and providers, in the order in which it is offered. One file each; a new one is an entry. */
export const linePresets: readonly LinePreset[] = [
  fritzbox,
  freepbx,
  threeCx,
  easybell,
  sipgate,
  telekom,
  telnyx,
  twilio,
  voipms,
  account,
  trunk,
]
