#!/usr/bin/python3
"""Writes down English as it is spoken, word by word: a command for `answerphone transcription set --rate 8000 --command`.

Needs Debian's python3-pocketsphinx and pocketsphinx-en-us. Reads 16-bit mono PCM of 8 kHz; docs/transcription.md has what it writes.
"""

import json
import sys

from pocketsphinx.pocketsphinx import Decoder

MODEL = "/usr/share/pocketsphinx/model/en-us/"
# 100 ms at most: what has come is not to wait for more.
MOST = 1600


def open_decoder():
    config = Decoder.default_config()
    config.set_string("-hmm", MODEL + "en-us")
    config.set_string("-lm", MODEL + "en-us.lm.bin")
    config.set_string("-dict", MODEL + "cmudict-en-us.dict")
    config.set_string("-logfn", "/dev/null")
    # Half the work for as many words: who calls while others do is not to wait for them.
    config.set_int("-topn", 2)
    config.set_int("-maxhmmpf", 3000)
    config.set_int("-maxwpf", 10)
    config.set_boolean("-fwdflat", False)
    return Decoder(config)


def doubled(piece):
    """The model wants 16 kHz, and understands telephones best when each of their samples comes twice."""
    return b"".join(piece[at : at + 2] * 2 for at in range(0, len(piece) - 1, 2))


def words(decoder):
    hypothesis = decoder.hyp()
    return hypothesis.hypstr if hypothesis else ""


def say(**said):
    print(json.dumps(said), flush=True)


decoder = open_decoder()
decoder.start_utt()
partial = ""
has_spoken = False
rest = b""
while piece := sys.stdin.buffer.read1(MOST):
    piece = rest + piece
    rest = piece[len(piece) // 2 * 2 :]
    decoder.process_raw(doubled(piece), False, False)
    if decoder.get_in_speech():
        has_spoken = True
        if words(decoder) != partial:
            partial = words(decoder)
            say(partial=partial)
    elif has_spoken:
        decoder.end_utt()
        if words(decoder):
            say(text=words(decoder))
        decoder.start_utt()
        partial = ""
        has_spoken = False
decoder.end_utt()
if words(decoder):
    say(text=words(decoder))
