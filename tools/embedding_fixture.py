"""Makes crates/scoring/tests/fixtures/embedding: texts and what the reference implementation makes of them.

Run from the repository, with the environment of tools/embedding_table.py:

    VENV/bin/python tools/embedding_fixture.py

The files are checked in; run this only to change them. The texts are our own: the bank's, and some made to be difficult.
Reference: Hugging Face tokenizers with the model's tokenizer.json, without special tokens, padding and truncation.
Ids are rows of the table. Cosines are of sums of its rows, by numpy.
"""

import itertools
import json
import pathlib
import tomllib

from embedding_table import model_folder, shipped

import numpy as np
from tokenizers import Tokenizer, models

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "crates/scoring/tests/fixtures/embedding"

DIFFICULT = [
    "",
    " ",
    "\t\r\n",
    "a",
    "##s",
    "#",
    "## s",
    "[UNK] [CLS] [SEP] [MASK] [PAD] [unused0]",
    "It's the team's; they're \u2018quoted\u2019 and \u201cquoted\u201d \u2014 aren\u2019t they\u2026?",
    "caf\u00e9 na\u00efve r\u00e9sum\u00e9 \u00c5ngstr\u00f6m \u00dcbergr\u00f6\u00dfe stra\u00dfe STRASSE \u1e9e",
    "cafe\u0301 nai\u0308ve A\u030angstro\u0308m",
    "\u0130stanbul \u0131\u015f\u0131k I\u0307 DI\u015eI",
    "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2 \u039f\u0394\u039f\u03a3 \u03b1\u0313\u0345 \u1fb3 \u1f80",
    "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! \u0401\u043b\u043a\u0430 \u0439",
    "\u6211\u8d1f\u8d23\u540e\u7aef\u3002\u65e5\u672c\u8a9e\u306e\u30c6\u30b9\u30c8 \u304c\u30d1 \ud55c\uad6d\uc5b4 \u1112\u1161\u11ab",
    "\u4f60\u597dworld\u4e16\u754c123",
    "\U00020000\U0002a6d6 \uf900 \U0002f800 \U0002b820 \U0002ceb0 \u3400\u4dbf",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0650\u0633\u0652\u0645\u0650 \u0661\u0662\u0663",
    "\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd",
    "\u0939\u093f\u0928\u094d\u0926\u0940 \u0915\u094d\u200d\u0937 \u09ac\u09be\u0982\u09b2\u09be \u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22",
    "\U0001f600\U0001f44d\U0001f3fd \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \u2764\ufe0f ok\U0001f680ship \U0001f970",
    "zero\u200bwidth\u200cjoin\u200der\ufeff no\u2060break soft\u00adhyphen",
    "\u202eright to left\u202c \u2066isolate\u2069",
    "bell\x07 null\x00 vertical\x0btab form\x0cfeed escape\x1b[31m delete\x7f next\u0085line",
    "nbsp\u00a0here thin\u2009space ideographic\u3000space line\u2028para\u2029end ogham\u1680mark narrow\u202fnbsp",
    "replacement\ufffdcharacter private\ue000use \U000f0000 unassigned\u0378 noncharacter\uffff\U0010ffff",
    "x" * 99,
    "x" * 100,
    "x" * 101,
    "\u00e9" * 100,
    "\u00e9" * 101,
    "e\u0301" * 100,
    "e\u0301" * 101,
    "a" * 100 + "b c",
    "\u0430" * 100,
    "\u0430" * 101,
    "unbelievableunbelievableunbelievable antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "Donaudampfschifffahrtsgesellschaft Lebensversicherungsgesellschaftsangestellter",
    "qzxjvkqzxjvk asdfghjkl lkjhgfdsa",
    "\ufb01nance \ufb03 \u00bd \u00b2 \u2168 \u2460 \uff21\uff22\uff23 \uff11\uff12 \u212b \u2126 \u01c4",
    "\u037e \u1fef \u2000x\u2001y \u0387",
    "https://example.com/a_b?c=d&e=%20#frag user.name+tag@example.co.uk",
    "for (let i = 0; i < n; i++) { a[i] += b[i] * 2; } // O(n)",
    "SELECT COUNT(*) FROM orders WHERE total >= 100.50 AND state <> 'paid';",
    "fn main() -> Result<(), Box<dyn Error>> { println!(\"{}\", x?); Ok(()) }",
    "C++ C# F# .NET Node.js k8s i18n OAuth2.0 TCP/IP 802.11ac p99<200ms ~3x 10^6 1,234,567.89 -5 \u20ac20 \u00a330 $40 50% \u00b0C",
    "snake_case camelCase PascalCase kebab-case SCREAMING_CASE __init__ $HOME %PATH% C:\\Users\\x",
    "I,,, um... well?!?! (no) [yes] {maybe} <b>bold</b> *a* `b` ~c~ |d| a/b a\\b a=b a^b",
    "one\ttwo\nthree\r\nfour  five   six",
    " leading and trailing ",
    "a\u0300\u0301\u0302\u0303\u0304b \u0300 \u0301a",
    "\u0344 \u0f73 \u2adc \u1d15e \U0001d15e \U0001d165\U0001d16d",
    "\u302e\u302f\uac00\u302e \u3099\u304b\u3099",
    "\u180e \u061c \u200e\u200f \u2061 \ufff9\ufffa\ufffb \U000e0041 \U000e0101",
    "\u00ac \u00a6 \u00a7 \u00b6 \u2020 \u2030 \u20bf \u2190 \u221e \u2260 \u2500 \u25a0 \u2713 \u266b \u3001\u300c\u300d\u30fb\uff01\uff0c",
    "\u1d2c \u02b0 \u0149 \u01f0 \u1e96 \u0390 \u0587 \u13a0 \uab70 \u10a0 \u2c00 \u10400 \U00010400",
]


def bank_texts():
    for path in sorted((ROOT / "bank").glob("*.toml")):
        for question in tomllib.loads(path.read_text()).get("question", []):
            yield question["text"]
            yield question.get("reference", "").strip()
            yield from (point["says"] for point in question.get("key_points", []) if "says" in point)


def mixed(texts):
    """Bank texts made difficult: other case, accents, no spaces, something between the letters, cut and joined."""
    changes = [
        str.upper,
        str.title,
        str.swapcase,
        lambda text: text.replace("e", "e\u0301").replace("o", "\u00f6").replace("A", "\u00c5"),
        lambda text: text.replace(" ", ""),
        lambda text: text.replace(" ", "\u00a0").replace(".", "\u3002"),
        lambda text: "\u200b".join(text),
        lambda text: text.replace(" ", "_").replace("i", "\u0130"),
        lambda text: text[::-1],
        lambda text: "".join(a + b for a, b in zip(text, itertools.cycle(["", "\u6587", "", "\U0001f600", "\x07", "-"]))),
    ]
    for number, text in enumerate(texts):
        yield changes[number % len(changes)](text)


def reference(rows: dict[str, int]) -> Tokenizer:
    made = Tokenizer(models.WordPiece(rows, unk_token="[UNK]", continuing_subword_prefix="##", max_input_chars_per_word=100))
    theirs = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    made.normalizer, made.pre_tokenizer = theirs.normalizer, theirs.pre_tokenizer
    return made


def rows_of_table() -> dict[str, int]:
    """The model's vocabulary in its order, without unused and special tokens: how rows are numbered."""
    vocabulary = json.loads((model_folder() / "tokenizer.json").read_text())["model"]["vocab"]
    left_out = {"[CLS]", "[SEP]", "[MASK]"}
    tokens = [t for t in sorted(vocabulary, key=vocabulary.get) if not t.startswith("[unused") and t not in left_out]
    return {token: row for row, token in enumerate(tokens)}


def write_texts(tokenizer: Tokenizer) -> list[str]:
    texts = list(dict.fromkeys(bank_texts()))
    short = [text for text in texts if len(text) < 250]
    references = [text for text in texts if len(text) >= 250][::8]
    chosen = list(dict.fromkeys(DIFFICULT + short[::4] + references + list(mixed(short[1::12]))))
    with (OUT / "texts.jsonl").open("w") as file:
        for text in chosen:
            line = [text, tokenizer.encode(text, add_special_tokens=False).ids]
            file.write(json.dumps(line, separators=(",", ":"), ensure_ascii=True) + "\n")
    print(len(chosen), "texts")
    return chosen


def write_cosines(tokenizer: Tokenizer, texts: list[str]) -> None:
    """Of texts that follow each other, and so mostly belong to one question."""
    table = shipped().astype("f8")

    def unit(text):
        rows = [row for row in tokenizer.encode(text, add_special_tokens=False).ids if row != tokenizer.token_to_id("[UNK]")]
        vector = table[rows].sum(axis=0)
        return vector / (np.linalg.norm(vector) or 1)

    with (OUT / "cosines.jsonl").open("w") as file:
        for number in range(0, len(texts) - 1, 10):
            cosine = unit(texts[number]) @ unit(texts[number + 1])
            file.write(f"[{number},{number + 1},{cosine:.6f}]\n")


def write_characters(tokenizer: Tokenizer) -> None:
    """Every character between two letters: runs of characters with the same ids, each "FIRST IDS"."""
    points = [point for point in range(0x110000) if not 0xD800 <= point <= 0xDFFF]
    last, lines = None, []
    for start in range(0, len(points), 1 << 14):
        batch = points[start : start + (1 << 14)]
        for point, found in zip(batch, tokenizer.encode_batch([f"a{chr(p)}b" for p in batch], add_special_tokens=False)):
            if found.ids != last:
                lines.append(f"{point:x} {' '.join(map(str, found.ids))}")
                last = found.ids
    (OUT / "characters.txt").write_text("\n".join(lines) + "\n")
    print(len(lines), "runs of characters")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    tokenizer = reference(rows_of_table())
    write_cosines(tokenizer, write_texts(tokenizer))
    write_characters(tokenizer)


if __name__ == "__main__":
    main()
