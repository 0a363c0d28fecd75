import type { ErrorCode } from '../shared/errors.ts'

/** What the catalogue says of errors that are met elsewhere, too, in German; with what is in braces filled in by whoever knows it. */
const advice: Partial<Record<ErrorCode, string>> = {
  AP_NOT_RUNNING: 'Starten Sie die Maschine mit `npm start`.',
  AP_DATA_UNUSABLE:
    'Nennen Sie mit --data ein anderes Verzeichnis, oder bringen Sie seine Rechte in Ordnung.',
  AP_DATA_MISSING: 'Es entsteht beim ersten Start. Ist es ein anderes? Dann nennen Sie es mit --data.',
  AP_STORE_LOCKED: 'Schließen Sie, was die Datenbank noch offen hat, und versuchen Sie es wieder.',
  AP_STORE_READ_ONLY: 'Machen Sie die Datei und ihr Verzeichnis für diesen Benutzer beschreibbar.',
  AP_STORE_UNWRITABLE: 'Prüfen Sie den Pfad, seine Rechte und die Festplatte.',
  AP_STORE_FULL: 'Machen Sie Platz; sonst ist nichts zu tun.',
  AP_STORE_CORRUPT: 'Halten Sie die Maschine an und spielen Sie eine Sicherung ein.',
  AP_STORE_UNREACHABLE: 'Der Datenbankserver ist nicht zu erreichen. Läuft er, und stimmt seine Adresse?',
  AP_STORE_NEWER:
    'Die Datenbank ist von einer neueren Version. Starten Sie diese; der Weg zurück ist die Kopie von davor (answerphone.db.before-…) oder eine Sicherung.',
  AP_REGISTRAR_NOT_FOUND:
    'Einen Server dieses Namens gibt es nicht. Prüfen Sie den Registrar der Leitung und die Übertragung.',
  AP_REGISTRAR_NAME_UNKNOWN: 'Kein Nameserver war zu fragen. Prüfen Sie das Netz und seine Nameserver.',
  AP_REGISTRAR_SILENT:
    'Der Registrar antwortet nicht. Prüfen Sie Adresse und Übertragung, und ob eine Firewall dazwischen ist.',
  AP_REGISTRAR_UNREACHABLE: 'Der Registrar ist nicht zu erreichen. Prüfen Sie Adresse, Port und Übertragung.',
  AP_REGISTRAR_UNSAFE:
    'Dem Zertifikat des Registrars ist nicht zu trauen. Schreiben Sie den Registrar so, wie ihn sein Zertifikat nennt; seiner Stelle muss dieses System trauen.',
  AP_REGISTRAR_LOGIN_REFUSED:
    'Der Registrar lehnt die Anmeldung ab. Prüfen Sie Benutzer und Passwort; manche Anbieter haben für die Anmeldung einen anderen Namen (--auth-user).',
  AP_REGISTRAR_REFUSED:
    'Der Registrar lehnt die Registrierung ab. Prüfen Sie den Benutzer; fragen Sie den Anbieter.',
  AP_CARDDAV_UNREACHABLE:
    'Der CardDAV-Server ist nicht zu erreichen. Prüfen Sie die Adresse, und ob er läuft.',
  AP_CARDDAV_UNSAFE:
    'Dem Zertifikat des CardDAV-Servers ist nicht zu trauen. Schreiben Sie den Server so, wie ihn sein Zertifikat nennt; einer eigenen Stelle wird mit NODE_EXTRA_CA_CERTS=DATEI vertraut.',
  AP_CARDDAV_LOGIN_REFUSED:
    'Der CardDAV-Server lehnt die Anmeldung ab. Prüfen Sie Benutzer und Passwort; viele Dienste wollen ein Passwort für Apps.',
  AP_CARDDAV_NO_BOOKS:
    'Dort wurde kein Adressbuch gefunden. Nennen Sie die Adresse, die in der Anleitung des Servers steht, oder die des Adressbuchs selbst.',
  AP_CARDDAV_BOOK_GONE:
    'Ein gewähltes Adressbuch gibt es dort nicht mehr. Wählen Sie andere; seine Kontakte bleiben, wie sie waren.',
  AP_CARDDAV_TOO_LARGE: 'Die Adressbücher sind zu groß. Wählen Sie weniger davon.',
  AP_CARDDAV_FAILED:
    'Der CardDAV-Server hat nicht geantwortet, wie er soll. Es wird von allein wieder versucht.',
  AP_REGISTRAR_IN_TROUBLE: 'Der Registrar hat selbst Schwierigkeiten. Es wird von allein wieder versucht.',
}

/** What to do about an error, in German; what the catalogue says, where nobody has translated it. */
export const inGerman = (code: ErrorCode, otherwise: string): string => advice[code] ?? otherwise
