"""Phrasings with choices.

(a|b|c) chooses one, [a] may be left out, <name> is an entry of the list of that name, {x} is filled
in by the caller. All of them nest. A phrasing belongs to the training or to the held-out ones by
the SHA-256 of its text, so that the split is the same on every machine.
"""
import hashlib
import re

_PIECE = re.compile(r"\(|\)|\[|\]|\||<[a-z_]+>|[^()\[\]|<]+|<")
_cache = {}


def is_held(text, share=20):
    """Whether a text belongs to the held-out part (one in `share`)."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % share == 0


def _parse(pieces, at, closing):
    choices, row = [], []
    while at < len(pieces):
        piece = pieces[at]
        if piece == closing:
            choices.append(row)
            return choices, at + 1
        if piece == "(":
            inner, at = _parse(pieces, at + 1, ")")
            row.append(("choice", inner))
        elif piece == "[":
            inner, at = _parse(pieces, at + 1, "]")
            row.append(("maybe", inner))
        elif piece == "|" and closing:
            choices.append(row)
            row = []
            at += 1
        elif piece.startswith("<") and piece.endswith(">"):
            row.append(("list", piece[1:-1]))
            at += 1
        else:
            row.append(("text", piece))
            at += 1
    choices.append(row)
    return choices, at


def _tree(template):
    if template not in _cache:
        if len(_cache) > 20000:  # stories that are put together are seldom the same twice
            _cache.clear()
        _cache[template] = _parse(_PIECE.findall(template), 0, None)[0][0]
    return _cache[template]


def _walk(row, rng, lists, out):
    for what, value in row:
        if what == "text":
            out.append(value)
        elif what == "choice":
            _walk(rng.choice(value), rng, lists, out)
        elif what == "maybe":
            if rng.random() < 0.5:
                _walk(rng.choice(value), rng, lists, out)
        else:
            _walk(_tree(rng.choice(lists[value])), rng, lists, out)


def expand(template, rng, lists=None):
    """One of the texts of a template; {x} stays for str.format. Double blanks are closed up."""
    out = []
    _walk(_tree(template), rng, lists or {}, out)
    text = re.sub(r" {2,}", " ", "".join(out)).strip()
    return re.sub(r" ([?,.!;:])(?=\s|$)", r"\1", text)


_split = {}


def pick(templates, rng, held):
    """A template of the training part or of the held-out part of a list."""
    key = id(templates)
    if key not in _split or _split[key][0] is not templates:
        train = [t for t in templates if not is_held(str(t))]
        kept = [t for t in templates if is_held(str(t))]
        _split[key] = (templates, train or templates, kept or templates)
    return rng.choice(_split[key][2] if held else _split[key][1])
