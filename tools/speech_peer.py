"""A recogniser for tests: pocketsphinx behind /v1/audio/transcriptions, as OpenAI serves it.

Usage: target/python-tools-speech/bin/python tools/speech_peer.py [--host H] --port P [--sentences FILE]

FILE holds what may be said, one sentence a line; a bigram model of them makes recognition exact enough to test with
(without it, a third of the words of a human voice and half of those of espeak-ng are heard wrong). Words that the
dictionary does not know are left out of the model. GET /health answers once the model is loaded.
"""

import argparse
import contextlib
import io
import json
import math
import re
import tempfile
import threading
import wave
from collections import Counter
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pocketsphinx import Config, Decoder, get_model_path

MODEL = Path(get_model_path("en-us"))
RATE = 16_000
LARGEST = 32 << 20
OTHER = 0.05


def words_of(sentence):
    return re.findall(r"[a-z']+", sentence.lower())


def pronunciations(wanted):
    """Lines of the dictionary for these words, with all ways to say them. A small dictionary loads at once."""
    with open(MODEL / "cmudict-en-us.dict", encoding="utf-8") as lines:
        return [line for line in lines if line.split(" ", 1)[0].split("(")[0] in wanted]


def language_model(sentences, known):
    """Bigrams that leave OTHER of the probability to words in another order, as an ARPA file."""
    followers, histories, unigrams = Counter(), Counter(), Counter()
    for sentence in sentences:
        line = ["<s>", *(word for word in words_of(sentence) if word in known), "</s>"]
        unigrams.update(line)
        for pair in zip(line, line[1:]):
            followers[pair] += 1
            histories[pair[0]] += 1
    total = sum(count for word, count in unigrams.items() if word != "<s>")
    log = lambda p: math.log10(p) if p > 0 else -99.0
    lines = ["\\data\\", f"ngram 1={len(unigrams)}", f"ngram 2={len(followers)}", "", "\\1-grams:"]
    for word, count in sorted(unigrams.items()):
        own = -99.0 if word == "<s>" else log(count / total)
        backoff = log(OTHER) if histories[word] else 0.0
        lines.append(f"{own:.4f} {word} {backoff:.4f}")
    lines += ["", "\\2-grams:"]
    for (first, second), count in sorted(followers.items()):
        lines.append(f"{log((1 - OTHER) * count / histories[first]):.4f} {first} {second}")
    return "\n".join([*lines, "", "\\end\\", ""])


class Recogniser:
    """One decoder; requests wait for each other."""

    def __init__(self, sentences):
        with tempfile.TemporaryDirectory() as folder:
            options = {"hmm": str(MODEL / "en-us"), "loglevel": "FATAL"}
            if sentences:
                lines = pronunciations({word for sentence in sentences for word in words_of(sentence)})
                dictionary, model = Path(folder) / "words.dict", Path(folder) / "sentences.arpa"
                dictionary.write_text("".join(lines), encoding="utf-8")
                known = {line.split(" ", 1)[0] for line in lines}
                model.write_text(language_model(sentences, known), encoding="utf-8")
                options |= {"lm": str(model), "dict": str(dictionary)}
            else:
                options |= {"lm": str(MODEL / "en-us.lm.bin"), "dict": str(MODEL / "cmudict-en-us.dict")}
            self.decoder = Decoder(Config(**options))
        self.turn = threading.Lock()

    def hear(self, pcm):
        with self.turn:
            self.decoder.start_utt()
            self.decoder.process_raw(pcm, full_utt=True)
            self.decoder.end_utt()
            found = self.decoder.hyp()
            if found is None or not found.hypstr:
                return []
            words = []
            for part in self.decoder.seg():
                if part.word.startswith(("<", "[", "+")):
                    continue
                text = re.sub(r"\(\d+\)$", "", part.word)
                # Frames of 10 ms.
                words.append({"word": text, "start": part.start_frame / 100, "end": (part.end_frame + 1) / 100})
            return words


def form(headers, body):
    head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    fields = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="Content-Disposition")
        fields[name] = part.get_payload(decode=True)
    return fields


def pcm_of(file):
    with wave.open(io.BytesIO(file)) as sound:
        if (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) != (1, 2, RATE):
            raise ValueError("a WAV file of 16 kHz, 16 bit and one channel is needed")
        return sound.readframes(sound.getnframes())


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # Who asked may be gone by now.
            self.end_headers()
            self.wfile.write(text)

    def do_GET(self):
        self.answer(200 if self.path == "/health" else 404, {"status": "ok"})

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self.close_connection = True
            return self.answer(413, {"error": {"message": "too large", "type": "request_too_large"}})
        body = self.rfile.read(length)
        if self.path != "/v1/audio/transcriptions":
            return self.answer(404, {"error": {"message": "no such address", "type": "not_found_error"}})
        try:
            fields = form(self.headers, body)
            pcm = pcm_of(fields["file"])
        except (KeyError, ValueError, wave.Error, EOFError) as error:
            return self.answer(400, {"error": {"message": str(error), "type": "invalid_request_error"}})
        words = self.server.recogniser.hear(pcm)
        text = " ".join(word["word"] for word in words)
        reply = {"text": text}
        if fields.get("response_format") == b"verbose_json":
            duration = len(pcm) / 2 / RATE
            segment = {"id": 0, "start": 0.0, "end": duration, "text": text}
            reply |= {"task": "transcribe", "language": "english", "duration": duration, "words": words}
            reply["segments"] = [segment] if text else []
        self.answer(200, reply)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--sentences", type=Path)
    arguments = parser.parse_args()
    sentences = arguments.sentences.read_text(encoding="utf-8").splitlines() if arguments.sentences else []
    recogniser = Recogniser(sentences)
    server = ThreadingHTTPServer((arguments.host, arguments.port), Handler)
    server.recogniser = recogniser
    server.serve_forever()


if __name__ == "__main__":
    main()
