import { words } from '../i18n/words.ts'
import { liveCalls } from '../state/calls.ts'
import { phoneParts } from '../state/phone.ts'
import { CallCard } from './call-card.tsx'

/** The calls going on now, above everything else; nothing when all lines are quiet. */
export function LiveCalls() {
  const HouseCall = phoneParts.value?.HouseCall
  return (
    <section class="live" aria-labelledby="live-calls">
      <h2 id="live-calls" class="unseen">
        {words.value.live.heading}
      </h2>
      <ul class="live-calls">
        {liveCalls.value.map((call) => (
          <CallCard key={call.id} call={call} />
        ))}
        {HouseCall && <HouseCall />}
      </ul>
    </section>
  )
}
