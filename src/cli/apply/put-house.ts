import type { z } from 'zod'
import type { AuditTools } from '../../api/acts/audit.ts'
import { defined } from '../../api/acts/defined.ts'
import { changeRetention } from '../../api/acts/history-retention.ts'
import { changeHouse } from '../../api/acts/house.ts'
import { changeMqtt, forgetMqtt } from '../../api/acts/mqtt.ts'
import { changeQuietHours } from '../../api/acts/quiet-hours.ts'
import { changeTranscription } from '../../api/acts/transcription.ts'
import type {
  HistoryRetentionChange,
  HouseChange,
  mqttChange,
  TranscriptionChange,
} from '../../api/contract.ts'
import type { QuietHours } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { keepTranscription } from '../../transcribe/settings.ts'

/** What is declared of the house as a whole; what is left out stays as it is. */
export type HouseFields = Partial<HouseChange> &
  HistoryRetentionChange & {
    readonly quietHours?: readonly QuietHours[]
    /** Null: no broker is told any more. */
    readonly mqtt?: z.output<typeof mqttChange> | null
    readonly transcription?: TranscriptionChange
  }

export async function putHouse(
  tools: AuditTools & {
    readonly store: Pick<Store, 'audit' | 'settings' | 'lines'>
    readonly dataDir: string
  },
  { country, quietHours, mqtt, transcription, ...retention }: HouseFields,
): Promise<void> {
  if (country !== undefined) await changeHouse(tools, { country })
  if (quietHours) await changeQuietHours(tools, quietHours)
  if (Object.keys(retention).length > 0) await changeRetention(tools, defined(retention))
  if (mqtt === null) await forgetMqtt(tools)
  else if (mqtt) await changeMqtt(tools, mqtt)
  if (transcription) {
    const keptTranscription = keepTranscription(tools.store, tools.dataDir)
    await changeTranscription({ ...tools, keptTranscription }, transcription)
  }
}
