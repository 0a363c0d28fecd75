#!/bin/sh
# Makes the spoken prompts in assets/prompts with flite and sox (apt-get install flite sox). The files are part of the
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
say test-caller rms "Hello, this is a test call. I am calling about the garden party tomorrow at seven o'clock. Please call me back. Goodbye."
