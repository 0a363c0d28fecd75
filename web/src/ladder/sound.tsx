import type { LegStatistics, Quality } from '../../../src/api/contract.ts'
import { place } from '../i18n/words.ts'
import { partyName } from './party-name.ts'
import { ladderWords } from './words/ladder-words.ts'

/** How the sound of each leg was, in words for everybody and numbers for who knows them. */
export function Sound({ statistics }: { readonly statistics: readonly LegStatistics[] }) {
  const t = ladderWords.value
  return (
    <section class="sound" aria-labelledby="sound-heading">
      <h3 id="sound-heading">{t.sound}</h3>
      {statistics.length === 0 && <p>{t.noSound}</p>}
      <dl>
        {statistics.map((leg, at) => (
          <Leg key={at} leg={leg} />
        ))}
      </dl>
      {statistics.length > 0 && <p class="ladder-hint">{t.scale}</p>}
    </section>
  )
}

function Leg({ leg }: { readonly leg: LegStatistics }) {
  const t = ladderWords.value
  const { received, sent, lost, late, reported, quality } = leg
  const who = partyName(leg)
  const expected = received.packets + lost
  const details = [
    t.more(leg.codec, count(received.packets), milliseconds(leg.longestGapMs)),
    ...(late > 0 ? [t.late(count(late))] : []),
    ...(reported?.roundTripMs == null ? [] : [t.roundTrip(milliseconds(reported.roundTripMs))]),
  ]
  return (
    <>
      <div class="sound-way">
        <dt>{t.heardFrom(who)}</dt>
        <dd>
          {quality === null ? (
            t.nothingHeard
          ) : (
            <>
              {t.heard(percent(lost / expected), milliseconds(leg.jitterMs))} <Rating quality={quality} />
            </>
          )}
          <span class="sound-more">{details.join(', ')}</span>
        </dd>
      </div>
      <div class="sound-way">
        <dt>{t.sentTo(who)}</dt>
        <dd>
          {reported === null ? (
            t.noReport(count(sent.packets))
          ) : (
            <>
              {t.heard(percent(reported.lostShare), milliseconds(reported.jitterMs))}{' '}
              <Rating quality={reported.quality} />
            </>
          )}
        </dd>
      </div>
    </>
  )
}

function Rating({ quality: { verdict, mos } }: { readonly quality: Quality }) {
  const t = ladderWords.value
  return (
    <strong class={`sound-verdict sound-${verdict}`}>{t.rated(t.verdicts[verdict], fixed(mos, 1))}</strong>
  )
}

const fixed = (number: number, digits: number): string =>
  number.toLocaleString(place.value.language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })

const count = (number: number): string => number.toLocaleString(place.value.language)

const percent = (share: number): string =>
  share.toLocaleString(place.value.language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })

const milliseconds = (ms: number): string =>
  ladderWords.value.milliseconds(fixed(ms, ms > 0 && ms < 10 ? 1 : 0))
