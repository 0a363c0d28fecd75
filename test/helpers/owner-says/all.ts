import { gates } from './gates.ts'
import { howOften } from './how-often.ts'
import { numbers } from './numbers.ts'
import type { Row } from './row.ts'
import { signaturesAndLines } from './signatures-and-lines.ts'
import { times } from './times.ts'
import { whoCalls } from './who-calls.ts'

/** What owners say of their calls, with the rules that say the same. */
export const ownerSays: readonly Row[] = [
  ...whoCalls,
  ...numbers,
  ...signaturesAndLines,
  ...times,
  ...howOften,
  ...gates,
]
