import { useEffect, useRef } from 'preact/hooks'
import type { IconName } from '../components/icon.tsx'
import { type Section as Name, settingsHash } from '../state/parse-route.ts'
import { lines, phones, useKept } from './collections.ts'
import { LinkRow } from './section.tsx'
import { settingsWords } from './words/settings-words.ts'
import './section.css'

interface Entry {
  readonly section: Name
  readonly icon: IconName
  readonly detail: string | undefined
}

/** All that can be set, with what is set now in a few words. */
export function Index() {
  const t = settingsWords.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const allLines = useKept(lines)
  const allPhones = useKept(phones)
  const connected = allPhones?.filter(({ devices }) => devices.length > 0).length ?? 0
  const groups: readonly { readonly name: string; readonly entries: readonly Entry[] }[] = [
    {
      name: t.groups.machine,
      entries: [
        { section: 'lines', icon: 'taken', detail: allLines ? t.lines.count(allLines.length) : undefined },
        {
          section: 'phones',
          icon: 'phone',
          detail: allPhones ? t.phones.count(allPhones.length, connected) : undefined,
        },
      ],
    },
  ]
  return (
    <div class="section">
      <h1 ref={heading} class="section-title" tabIndex={-1}>
        {t.title}
      </h1>
      {groups
        .filter(({ entries }) => entries.length > 0)
        .map(({ name, entries }) => (
          <section key={name} class="section-group" aria-label={name}>
            <h2 class="panel-heading">{name}</h2>
            <ul class="panel">
              {entries.map(({ section, icon, detail }) => (
                <LinkRow
                  key={section}
                  href={settingsHash(section)}
                  icon={icon}
                  name={t.sections[section]}
                  detail={detail}
                />
              ))}
            </ul>
          </section>
        ))}
    </div>
  )
}
