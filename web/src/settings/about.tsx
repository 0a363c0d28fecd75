import type { ComponentChildren } from 'preact'
import { Waiting } from '../components/waiting.tsx'
import { place } from '../i18n/words.ts'
import { health } from '../state/health.ts'
import { about, useKept } from './collections.ts'
import { formatBytes, hoursOfSound } from './room.ts'
import { Section } from './section.tsx'
import { settingsWords } from './words/settings-words.ts'

/** How the machine is, where it is reached, and how much room it has. */
export function AboutPage() {
  const t = settingsWords.value
  const known = useKept(about, 30_000)
  return (
    <Section title={t.sections.about} lead={t.about.lead}>
      <Health />
      {known === null ? (
        <Waiting text={t.loading} />
      ) : (
        <dl class="panel">
          <Fact name={t.about.version}>{known.version}</Fact>
          {known.sip.length > 0 && (
            <Fact name={t.about.sip}>
              {known.sip
                .map(
                  ({ host, port, transports }) =>
                    `${host ?? location.hostname}:${port} (${transports.join(', ')})`,
                )
                .join(', ')}
            </Fact>
          )}
          <Fact name={t.about.page}>{location.origin}</Fact>
          {known.disk && (
            <Fact name={t.about.disk}>
              {t.about.diskFree(
                formatBytes(known.disk.freeBytes, place.value.language),
                formatBytes(known.disk.totalBytes, place.value.language),
              )}
              <meter
                class="disk"
                min={0}
                max={known.disk.totalBytes}
                value={known.disk.totalBytes - known.disk.freeBytes}
                aria-label={t.about.disk}
              />
              <span class="panel-detail">
                {t.about.hours(t.about.hourCount(hoursOfSound(known.disk.freeBytes)))}
              </span>
            </Fact>
          )}
          <Fact name={t.about.api}>
            <a class="text-link" href="/api/v1/openapi.json">
              {t.about.apiLink}
            </a>
          </Fact>
        </dl>
      )}
    </Section>
  )
}

function Health() {
  const t = settingsWords.value.about
  const { problems = [], draining = false } = health.value ?? {}
  const well = problems.length === 0 && !draining
  // What is wrong stands in the banner above, with what to do.
  return (
    <p class="panel panel-row">
      <span class={well ? 'light light-on' : 'light light-waiting'} aria-hidden="true" />
      {well ? t.healthy : draining ? t.draining : t.problems}
    </p>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="panel-item fact">
      <dt class="panel-detail">{name}</dt>
      <dd class="fact-value">{children}</dd>
    </div>
  )
}
