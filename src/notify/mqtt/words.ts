/** What Home Assistant calls our entities. */
interface MqttWords {
  readonly model: string
  readonly machine: string
  readonly doNotDisturb: string
  readonly lamp: string
  readonly ringing: string
  readonly recording: string
  readonly lastCaller: string
  readonly newMessages: (mailbox: string) => string
  readonly filled: (mailbox: string) => string
  readonly line: (line: string) => string
}

export const mqttWords: Readonly<Record<'en' | 'de', MqttWords>> = {
  en: {
    model: 'Answering machine',
    machine: 'Answering machine',
    doNotDisturb: 'Do not disturb',
    lamp: 'Messages waiting',
    ringing: 'Ringing',
    recording: 'Recording',
    lastCaller: 'Last caller',
    newMessages: (mailbox) => `New messages ${mailbox}`,
    filled: (mailbox) => `Quota used ${mailbox}`,
    line: (line) => `Line ${line}`,
  },
  de: {
    model: 'Anrufbeantworter',
    machine: 'Anrufbeantworter',
    doNotDisturb: 'Nicht stören',
    lamp: 'Neue Nachrichten',
    ringing: 'Es klingelt',
    recording: 'Nimmt auf',
    lastCaller: 'Letzter Anrufer',
    newMessages: (mailbox) => `Neue Nachrichten ${mailbox}`,
    filled: (mailbox) => `Kontingent belegt ${mailbox}`,
    line: (line) => `Leitung ${line}`,
  },
}
