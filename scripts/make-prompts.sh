#!/bin/sh
# Makes the English prompts in assets/prompts with flite and sox (apt-get install flite sox). The files are part of the
# repository, so this runs only when a text changes. 8 kHz, 16 bit, mono, peak at -6 dB, with a breath before and after.
set -eu
cd "$(dirname "$0")/../assets/prompts"
say() { # NAME VOICE TEXT
  flite -voice "$2" -t "$3" -o "$1.tmp.wav"
  sox "$1.tmp.wav" -r 8000 -c 1 -b 16 "$1.wav" norm -6 pad 0.1 0.2
  rm "$1.tmp.wav"
}
say greeting slt "Hello. Please leave your message after the beep."
say time-over slt "Your message has reached its longest length. Thank you. Goodbye."
say goodbye slt "Thank you. Goodbye."
say no-room slt "Sorry. No message can be taken at the moment. Please call again later. Goodbye."
say call-from slt "Call from"
say take-or-not slt "To take it, press 1. To send it to the machine, press 2. To block the caller, press 3."
say gate-name slt "Please say your name after the beep. Then you will be put through."
say not-put-through slt "Sorry, you can not be put through. You may leave a message after the beep."
say not-taken slt "Sorry, your call can not be taken at the moment. Goodbye."
say machine-on slt "The machine is switched on now."
say machine-off slt "The machine is switched off now. It answers no call."
say quiet-on slt "Do not disturb is switched on now. No phone rings."
say quiet-off slt "Do not disturb is switched off now. Phones ring again."
say not-switched slt "Sorry, that is not possible at the moment. Please try again."
say test-caller rms "Hello, this is a test call. I am calling about the garden party tomorrow at seven o'clock. Please call me back. Goodbye."

# The spoken menu, and the key of a gate: pieces that follow one another, so with less of a breath.
mkdir -p menu
piece() { # NAME TEXT
  flite -voice slt -t "$2" -o menu.tmp.wav
  sox menu.tmp.wav -r 8000 -c 1 -b 16 "menu/$1.wav" norm -6 silence 1 0.01 0.3% reverse silence 1 0.01 0.3% reverse pad 0.02 0.08
  rm menu.tmp.wav
}
piece you-have "You have"
piece no "no"
piece and "and"
piece new-message "new message."
piece new-messages "new messages."
piece saved-message "saved message."
piece saved-messages "saved messages."
piece choose-new "For new messages, press 1."
piece choose-saved "For saved messages, press 2."
piece choose-greeting "For the greeting, press 5."
piece choose-end "To end, press star."
piece message "Message"
piece from "from"
piece from-unknown "from an unknown caller"
piece choose-message "To hear it again, press 1. To keep it, press 2. To delete it, press 3."
piece choose-call-back "To call back, press 5."
piece choose-next "For the next one, press 9. For the one before, press 7. For the main menu, press star."
piece saved "Saved."
piece deleted "Deleted. To undo this, press 4."
piece restored "Restored."
piece no-more "There are no more messages."
piece choose-recorded-greeting "To hear the greeting, press 1. To record a new one, press 2. For the main menu, press star."
piece speak-after-beep "Speak after the beep. When you are done, press pound."
piece choose-use "To use this greeting, press 1. To hear it, press 2. To record it again, press 3. To throw it away, press star."
piece greeting-in-use "The greeting is in use now."
piece nothing-heard "Nothing was heard."
piece not-possible "That is not possible at the moment."
piece wrong-key "That key does nothing here."
piece calling "Calling."
piece nobody-answers "Nobody answers."
piece choose-live "A call is going on. To listen to it, press 4."
piece choose-pick-up "To pick up, press 1. To go back, press star."
piece call-over "The call is over."
piece goodbye "Goodbye."
piece more-than "more than"
piece ../gate-key "To be put through, please press"
for word in today yesterday at oh "o'clock" "a m" "p m" sunday monday tuesday wednesday thursday friday saturday \
  january february march april may june july august september october november december; do
  piece "$(echo "$word" | tr -d "' ")" "$word"
done
for number in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 30 40 50 60 70 80 90; do
  piece "n$number" "$number"
done
