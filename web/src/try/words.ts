import { spoken } from '../i18n/words.ts'

const en = {
  title: (line: string) => `Call “${line}”`,
  lead: 'You hear the greeting, then a beep. Speak after it, and hang up.',
  voice: 'What the machine hears',
  voices: { microphone: 'My microphone', recording: 'A recorded voice' },
  insecure: 'The browser lends its microphone to HTTPS and localhost only. The recorded voice works here.',
  call: (line: string) => `Call ${line.toUpperCase()}`,
  calling: 'Calling …',
  talking: 'Connected',
  speak: 'Say it now',
  key: 'Skip the greeting (#)',
  hangUp: 'Hang up',
  level: 'How loud the machine hears you',
  over: 'The call is over',
  overHelp: 'What you said is with whoever sent you the link. It was good for this one call.',
  refused: 'The call did not come about. Ask for another link.',
  dead: 'This link calls nobody',
  looking: 'One moment …',
}
export type TryWords = typeof en

const de: TryWords = {
  title: (line) => `„${line}“ anrufen`,
  lead: 'Sie hören die Ansage, dann einen Ton. Sprechen Sie danach, und legen Sie auf.',
  voice: 'Was die Maschine hört',
  voices: { microphone: 'Mein Mikrofon', recording: 'Eine Stimme vom Band' },
  insecure: 'Der Browser leiht sein Mikrofon nur HTTPS und localhost. Die Stimme vom Band geht auch hier.',
  call: (line) => `${line.toUpperCase()} anrufen`,
  calling: 'Es klingelt …',
  talking: 'Verbunden',
  speak: 'Jetzt sprechen',
  key: 'Ansage überspringen (#)',
  hangUp: 'Auflegen',
  level: 'Wie laut die Maschine Sie hört',
  over: 'Der Anruf ist zu Ende',
  overHelp: 'Was Sie gesagt haben, ist bei dem, der Ihnen den Link gab. Er galt für diesen einen Anruf.',
  refused: 'Der Anruf kam nicht zustande. Bitten Sie um einen neuen Link.',
  dead: 'Dieser Link ruft niemanden an',
  looking: 'Einen Moment …',
}

export const tryWords = spoken<TryWords>({ en, de })
