"""Listens to a recorded interview in the ways a program can, and says what it found.

Usage: target/python-tools-speech/bin/python tools/listen.py MIX FOLDER

FOLDER holds what `make recording` wrote: candidate.ogg, interviewer.ogg, interview.json. Levels and clipping are sox's,
words are pocketsphinx's (it expects the sentences of this interview: what it hears is a check of the sound, not of
the recogniser), lengths are opusinfo's. FOLDER/spectrogram.png is to be looked at.
"""

import json
import math
import re
import subprocess
import sys
import wave
from array import array
from pathlib import Path

from speech_peer import RATE, Recogniser, words_of

# A side that is this much louder than silence sounds, dBFS.
SOUNDS = -45.0
STEP_MS = 10
# What a place may lie before its first sound: voice.patience.preroll_ms, and a page of the detector.
ROOM_MS = 400


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def decoded(file, folder):
    out = folder / (file.stem + ".wav")
    run("opusdec", "--quiet", "--rate", str(RATE), str(file), str(out))
    with wave.open(str(out)) as sound:
        return out, array("h", sound.readframes(sound.getnframes()))


def levels(name, file):
    found = run("sox", str(file), "-n", "stats").stderr
    value = lambda label: re.search(rf"^{label}\s+(\S+)", found, re.M).group(1)
    print(f"{name}: peak {value('Pk lev dB')} dBFS, loudest 50 ms {value('RMS Pk dB')} dB RMS, "
          f"quietest {value('RMS Tr dB')}, DC offset {value('DC offset')}, flat factor {value('Flat factor')}")


def loudness(samples, from_ms, to_ms):
    """dB of each STEP_MS."""
    step = RATE * STEP_MS // 1000
    pieces = (samples[at:at + step] for at in range(from_ms * RATE // 1000, to_ms * RATE // 1000, step))
    squares = (sum(sample * sample for sample in piece) / max(len(piece), 1) for piece in pieces)
    return [10 * math.log10(max(square, 1e-3)) - 90.3 for square in squares]


def edges(samples, from_ms, to_ms):
    """Where sound begins and ends within a stretch, and its longest quiet, ms."""
    sounds = [level > SOUNDS for level in loudness(samples, from_ms, to_ms)]
    if True not in sounds:
        return None
    first, last = sounds.index(True), len(sounds) - 1 - sounds[::-1].index(True)
    quiet = max((len(run) for run in "".join("x" if one else " " for one in sounds[first:last]).split("x")), default=0)
    return from_ms + first * STEP_MS, from_ms + (last + 1) * STEP_MS, quiet * STEP_MS


def errors(said, heard, is_cut):
    """Words that were heard wrong: the distance of two lists; of one that was cut short, to as much of it as fits."""
    row, best = list(range(len(heard) + 1)), None
    for i, one in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != other))
        if is_cut and (best is None or row[-1] < best[0]):
            best = row[-1], i
    return best if is_cut else (row[-1], len(said))


def main():
    mix, folder = Path(sys.argv[1]), Path(sys.argv[2])
    interview = json.loads((folder / "interview.json").read_text())
    told = run("opusinfo", str(mix)).stdout
    print(f"{mix.name}: {mix.stat().st_size // 1024} KiB, {re.search(r'Playback length: (.*)', told).group(1)}, "
          f"{re.search(r'Average bitrate: ([^,]*)', told).group(1)}, opusinfo warns {told.lower().count('warning')} times")
    files = {"mix": mix, "candidate": folder / "candidate.ogg", "interviewer": folder / "interviewer.ogg"}
    sounds = {}
    for name, file in files.items():
        wav, sounds[name] = decoded(file, folder)
        levels(name, wav)
        clipped = sum(abs(sample) >= 32_767 for sample in sounds[name])
        print(f"{name}: {clipped} samples at full scale, {len(sounds[name]) / RATE:.2f} s")
    run("sox", str(folder / f"{mix.stem}.wav"), "-n", "spectrogram", "-x", "1400", "-o", str(folder / "spectrogram.png"))

    answers = interview["report"]["answers"]
    asked = {one["question"]["id"]: " ".join(filter(None, [one["question"]["lead_in"], one["question"]["content"]]))
             for one in answers}
    given = {one["response"]["id"]: one["response"] for one in answers if one["response"]}
    recogniser = Recogniser([*asked.values(), *interview["said"]])
    moments = interview["peaks"]["moments"]
    for index, moment in enumerate(moments):
        if moment["kind"] == "interruption":
            print(f"interruption at {moment['from_ms']} ms")
            continue
        is_answer = moment["kind"] == "answer"
        side, other = ("candidate", "interviewer") if is_answer else ("interviewer", "candidate")
        text = given[moment["response_id"]]["content"] if is_answer else asked[moment["question_id"]]
        begins, ends = moment["from_ms"], moment["to_ms"]
        stretch = sounds[side][begins * RATE // 1000:(ends + ROOM_MS) * RATE // 1000]
        heard = [word["word"] for word in recogniser.hear(stretch.tobytes())]
        said = words_of(text)
        found = edges(sounds[side], begins, ends + ROOM_MS)
        is_cut = index + 1 < len(moments) and moments[index + 1]["from_ms"] < ends
        wrong, words = errors(said, heard, is_cut)
        across = max(loudness(sounds[other], begins + ROOM_MS, ends - ROOM_MS), default=-99)
        print(f"{side} {begins}..{ends} ms: sounds {found[0]}..{found[1]}, longest quiet {found[2]} ms, the other side "
              f"at most {across:.0f} dB, {wrong} of {words} words otherwise{', cut short' * is_cut}: {' '.join(heard)}")
        if is_answer and given[moment["response_id"]]["spoken"]:
            spoken = given[moment["response_id"]]["spoken"]
            places = [word["from_ms"] - spoken["from_ms"] for word in spoken["words"]]
            if places:
                print(f"  first word of the transcript at {begins + places[0]} ms, last one at {begins + places[-1]} ms")
    ends = max(moment["to_ms"] for moment in moments) + ROOM_MS
    parting = edges(sounds["interviewer"], ends, len(sounds["interviewer"]) * 1000 // RATE)
    print(f"last words of the interviewer: {'none' if parting is None else f'{parting[0]}..{parting[1]} ms'}")


if __name__ == "__main__":
    main()
