#!/bin/sh
# Makes the German prompts in assets/prompts/de with SVOX Pico and sox (apt-get install libttspico-utils sox; in Debian it
# is in non-free, for its voices come without sources; program and voices are under Apache-2.0, and so is what they say
# free to ship). Levels as of make-prompts.sh, which says more; the many pieces of the menu are µ-law, which halves them.
set -eu
mkdir -p "$(dirname "$0")/../assets/prompts/de/menu"
cd "$(dirname "$0")/../assets/prompts/de"
speak() { # TEXT: writes spoken.tmp.wav
  pico2wave -l de-DE -w spoken.tmp.wav "$1"
}
say() { # NAME TEXT
  speak "$2"
  sox spoken.tmp.wav -r 8000 -c 1 -b 16 "$1.wav" norm -6 silence 1 0.01 0.3% reverse silence 1 0.01 0.3% reverse pad 0.1 0.2
}
say greeting "Guten Tag. Bitte hinterlassen Sie nach dem Signalton eine Nachricht."
say time-over "Ihre Nachricht hat die größte Länge erreicht. Vielen Dank. Auf Wiederhören."
say goodbye "Vielen Dank. Auf Wiederhören."
say no-room "Leider kann im Moment keine Nachricht aufgenommen werden. Bitte rufen Sie später noch einmal an. Auf Wiederhören."
say call-from "Anruf von"
say take-or-not "Zum Annehmen drücken Sie die 1. An den Anrufbeantworter geht es mit der 2. Zum Sperren drücken Sie die 3."
say gate-name "Bitte sagen Sie nach dem Signalton Ihren Namen. Dann werden Sie verbunden."
say not-put-through "Leider können Sie nicht verbunden werden. Sie können nach dem Signalton eine Nachricht hinterlassen."
say not-taken "Leider kann Ihr Anruf im Moment nicht angenommen werden. Auf Wiederhören."
say machine-on "Der Anrufbeantworter ist eingeschaltet."
say machine-off "Der Anrufbeantworter ist ausgeschaltet. Er nimmt keinen Anruf an."
say quiet-on "Bitte nicht stören ist eingeschaltet. Kein Telefon klingelt."
say quiet-off "Bitte nicht stören ist ausgeschaltet. Die Telefone klingeln wieder."
say not-switched "Leider ist das im Moment nicht möglich. Bitte versuchen Sie es noch einmal."

# The spoken menu, and the key of a gate: pieces that follow one another, so with less of a breath.
piece() { # NAME TEXT
  speak "$2"
  sox spoken.tmp.wav -r 8000 -c 1 -e mu-law "menu/$1.wav" norm -6 silence 1 0.01 0.3% reverse silence 1 0.01 0.3% reverse pad 0.02 0.08
}
piece ../gate-key "Um verbunden zu werden, drücken Sie bitte die"
piece you-have "Sie haben"
piece no "keine"
piece and "und"
piece new-message "neue Nachricht."
piece new-messages "neue Nachrichten."
piece saved-message "gespeicherte Nachricht."
piece saved-messages "gespeicherte Nachrichten."
piece choose-new "Für neue Nachrichten drücken Sie die 1."
piece choose-saved "Für gespeicherte Nachrichten drücken Sie die 2."
piece choose-live "Gerade ruft jemand an. Zum Mithören drücken Sie die 4."
piece choose-greeting "Für die Ansage drücken Sie die 5."
piece choose-end "Zum Beenden drücken Sie die Sterntaste."
piece message "Nachricht"
piece from "von"
piece from-unknown "von einem unbekannten Anrufer"
piece choose-message "Um sie noch einmal zu hören, drücken Sie die 1. Zum Behalten die 2. Zum Löschen die 3."
piece choose-call-back "Zum Zurückrufen drücken Sie die 5."
piece choose-next "Für die nächste drücken Sie die 9. Für die vorige die 7. Für das Hauptmenü die Sterntaste."
piece saved "Gespeichert."
piece deleted "Gelöscht. Um das rückgängig zu machen, drücken Sie die 4."
piece restored "Wiederhergestellt."
piece no-more "Es gibt keine weiteren Nachrichten."
piece choose-recorded-greeting "Um die Ansage zu hören, drücken Sie die 1. Um eine neue aufzunehmen, die 2. Für das Hauptmenü die Sterntaste."
piece speak-after-beep "Sprechen Sie nach dem Signalton. Wenn Sie fertig sind, drücken Sie die Rautetaste."
piece choose-use "Um diese Ansage zu verwenden, drücken Sie die 1. Um sie zu hören, die 2. Um sie neu aufzunehmen, die 3. Um sie zu verwerfen, die Sterntaste."
piece greeting-in-use "Die Ansage wird jetzt verwendet."
piece nothing-heard "Es war nichts zu hören."
piece not-possible "Das ist im Moment nicht möglich."
piece wrong-key "Diese Taste hat hier keine Bedeutung."
piece calling "Die Nummer wird angerufen."
piece nobody-answers "Niemand meldet sich."
piece choose-pick-up "Zum Abnehmen drücken Sie die 1. Zurück geht es mit der Sterntaste."
piece call-over "Der Anruf ist beendet."
piece goodbye "Auf Wiederhören."
piece more-than "mehr als"
piece today "heute"
piece yesterday "gestern"
piece on "am"
piece at "um"
piece oclock "Uhr"
piece one-oclock "ein"
piece one-message "eine"
set -- monday Montag tuesday Dienstag wednesday Mittwoch thursday Donnerstag friday Freitag saturday Samstag sunday Sonntag
while [ $# -gt 0 ]; do piece "$1" "am $2"; shift 2; done
set -- january Januar february Februar march März april April may Mai june Juni july Juli august August \
  september September october Oktober november November december Dezember
while [ $# -gt 0 ]; do piece "$1" "$2"; shift 2; done
number=0
for word in null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn \
  siebzehn achtzehn neunzehn zwanzig; do
  piece "n$number" "$word"
  number=$((number + 1))
done
number=30
for word in dreißig vierzig fünfzig sechzig siebzig achtzig neunzig; do
  piece "n$number" "$word"
  number=$((number + 10))
done
number=1
for word in einund zweiund dreiund vierund fünfund sechsund siebenund achtund neunund; do
  piece "and$number" "$word"
  number=$((number + 1))
done
number=1
for word in ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften dreizehnten \
  vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten; do
  piece "o$number" "$word"
  number=$((number + 1))
done
piece o30 "dreißigsten"
rm spoken.tmp.wav
