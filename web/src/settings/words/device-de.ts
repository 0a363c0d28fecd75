import type { SettingsWords } from './settings-words.ts'

/** The same in German. */
export const device: SettingsWords['device'] = {
  lead: 'Was nur für diesen Browser gilt.',
  summaryOn: 'Benachrichtigungen sind an',
  summaryOff: 'Benachrichtigungen sind aus',
  notifications: 'Benachrichtigungen auf diesem Gerät',
  notificationsHint:
    'Meldet Anrufe und neue Nachrichten, auch wenn diese Seite geschlossen ist. Sie gehen über den Dienst des Browserherstellers, verschlüsselt: Nur dieser Browser kann sie lesen.',
  test: 'Zur Probe benachrichtigen',
  tested: 'Abgeschickt. Gleich müsste etwas zu sehen sein',
  switchedOn: 'Dieser Browser meldet Anrufe und neue Nachrichten',
  switchedOff: 'Dieser Browser meldet nichts mehr',
  notAllowed:
    'Dem Browser wurde nicht erlaubt, Benachrichtigungen zu zeigen. Versuchen Sie es noch einmal, und sagen Sie Ja.',
  noService:
    'Der Browser konnte den Dienst seines Herstellers nicht erreichen. Ist das Internet erreichbar? Manche Browser haben keinen solchen Dienst, oder er ist in ihren Einstellungen abgeschaltet.',
  insecure:
    'Browser nehmen Benachrichtigungen nur über eine sichere Verbindung an. Öffnen Sie diese Seite mit https oder auf der Maschine selbst unter http://localhost.',
  'install-first':
    'Auf iPhone und iPad bekommt die installierte App Benachrichtigungen: Tippen Sie auf Teilen, dann auf Zum Home-Bildschirm, und öffnen Sie Answerphone von dort.',
  unsupported: 'Dieser Browser nimmt keine Benachrichtigungen an.',
  denied:
    'Dieser Seite sind Benachrichtigungen verboten. Erlauben Sie sie oben neben der Adresse oder in den Einstellungen des Browsers, und kommen Sie dann wieder.',
  off: 'Benachrichtigungen sind auf dieser Maschine abgeschaltet: Sie wurde mit --push off gestartet.',
  links: 'Telefon-Links',
  linksHint:
    'Nummern auf anderen Seiten können sich hier öffnen: Die Nummer steht dann im Feld, und angerufen wird erst, wenn Sie auf Anrufen drücken. Der Browser fragt Sie einmal.',
  linksTake: 'Telefon-Links hier öffnen',
  linksAsked: 'Sagen Sie Ja, wenn der Browser fragt',
  keeps:
    'Über eine sichere Verbindung bewahrt dieser Browser auch die Liste auf und die Nachrichten, die hier gehört wurden, damit Sie sie ohne die Maschine haben. Beim Abmelden verschwindet all das.',
}
