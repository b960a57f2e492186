"""The byte-level tokenizer of the starter: pieces as `deepseek-r1-qwen` cuts them, merges of its own.

merges.txt is frozen; a model is bound to it. Its first 1,100 lines are the result of training once
(`python3 tokenizer.py SIZE TEXT…`), the others make two thousand frequent words of the questions
single tokens: a small model learns to understand whole words many times sooner than pieces. Ids: 256
byte letters, one a merge, then the special tokens.
"""
import collections
import functools
import pathlib
import re
import sys

_LETTER = r"[^\W\d_]"
_PIECES = re.compile(
    r"'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])"
    rf"|(?:(?![\r\n])(?:\W|_))?{_LETTER}+|\d| ?(?:(?!\s)(?:\W|_))+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")

BEGIN, END, USER, ASSISTANT = "<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>"
SPECIALS = [(END, 3), (USER, 3), (ASSISTANT, 3), (BEGIN, 3), ("<|EOT|>", 3), ("<think>", 4), ("</think>", 4)]


def byte_letters():
    """The 256 letters that stand for bytes."""
    direct = set(range(0x21, 0x7F)) | set(range(0xA1, 0xAD)) | set(range(0xAE, 0x100))
    letters, extra = [], 0
    for byte in range(256):
        if byte in direct:
            letters.append(chr(byte))
        else:
            letters.append(chr(0x100 + extra))
            extra += 1
    return letters


LETTERS = byte_letters()
BYTE_OF = {letter: byte for byte, letter in enumerate(LETTERS)}


def pieces(text):
    return _PIECES.findall(text)


def train(texts, merges):
    """Plain byte-pair merging over the counted pieces."""
    counts = collections.Counter()
    for text in texts:
        counts.update(pieces(text))
    words = [([LETTERS[b] for b in piece.encode()], n) for piece, n in counts.items() if n > 1]
    pairs, where = collections.Counter(), collections.defaultdict(set)
    for i, (symbols, n) in enumerate(words):
        for pair in zip(symbols, symbols[1:]):
            pairs[pair] += n
            where[pair].add(i)
    out = []
    for _ in range(merges):
        best = max(pairs.items(), key=lambda item: (item[1], item[0]))[0]
        out.append(best)
        for i in list(where[best]):
            symbols, n = words[i]
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] -= n
                if pairs[pair] <= 0:
                    del pairs[pair]
            new, at = [], 0
            while at < len(symbols):
                if at + 1 < len(symbols) and (symbols[at], symbols[at + 1]) == best:
                    new.append(symbols[at] + symbols[at + 1])
                    at += 2
                else:
                    new.append(symbols[at])
                    at += 1
            words[i] = (new, n)
            for pair in zip(new, new[1:]):
                pairs[pair] += n
                where[pair].add(i)
        where.pop(best, None)
    return out


class Tokenizer:
    def __init__(self, path=None):
        path = path or pathlib.Path(__file__).with_name("merges.txt")
        self.merges = [tuple(line.split(" ")) for line in path.read_text(encoding="utf-8").splitlines() if line]
        self.tokens = LETTERS + [a + b for a, b in self.merges]
        self.first_special = len(self.tokens)
        self.tokens += [text for text, _ in SPECIALS]
        self.types = [1] * self.first_special + [kind for _, kind in SPECIALS]
        self.ids = {token: i for i, token in enumerate(self.tokens)}
        self._ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self._piece = functools.lru_cache(maxsize=200_000)(self._encode_piece)
        self.begin, self.end = self.ids[BEGIN], self.ids[END]
        self.user, self.assistant = self.ids[USER], self.ids[ASSISTANT]
        self.think, self.unthink = self.ids["<think>"], self.ids["</think>"]

    def _encode_piece(self, piece):
        symbols = [LETTERS[b] for b in piece.encode()]
        while len(symbols) > 1:
            rank, at = min((self._ranks.get(pair, 1 << 30), i) for i, pair in enumerate(zip(symbols, symbols[1:])))
            if rank == 1 << 30:
                break
            symbols[at:at + 2] = [symbols[at] + symbols[at + 1]]
        return tuple(self.ids[s] for s in symbols)

    def encode(self, text):
        """Plain text; nothing in it is a special token."""
        out = []
        for piece in pieces(text):
            out.extend(self._piece(piece))
        return out

    def decode(self, ids):
        parts = []
        for i in ids:
            parts.append(self.tokens[i].encode() if i >= self.first_special else bytes(BYTE_OF[c] for c in self.tokens[i]))
        return b"".join(parts).decode(errors="replace")

    def prompt(self, question, history=(), system="", think=True):
        """The rendered prompt as ids, as the chat template writes it."""
        ids = [self.begin] + self.encode(system)
        for asked, answered in history:
            ids += [self.user] + self.encode(asked) + [self.assistant] + self.encode(answered) + [self.end]
        ids += [self.user] + self.encode(question) + [self.assistant, self.think]
        return ids + (self.encode("\n") if think else self.encode("\n\n") + [self.unthink] + self.encode("\n\n"))

    def reply(self, thought, answer, think=True):
        if not think:
            return self.encode(answer) + [self.end]
        return self.encode(thought + "\n") + [self.unthink] + self.encode("\n\n" + answer) + [self.end]


if __name__ == "__main__":
    size = int(sys.argv[1])
    texts = [pathlib.Path(name).read_text(encoding="utf-8") for name in sys.argv[2:]]
    for left, right in train(texts, size):
        print(left, right)
