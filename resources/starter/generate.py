#!/usr/bin/env python3
"""Print examples as JSON lines: what the starter model learns from, seeded and repeatable.

  generate.py --count 1000 --seed 1            # the training stream
  generate.py --kind division --held numbers   # held-out numbers of one kind
"""
import argparse
import dataclasses
import json
import random

from questions import mixture


def examples(seed, count, kind=None, lang=None, held="none", level=0.5):
    rng = random.Random(f"examples:{seed}")
    for _ in range(count):
        if kind:
            yield mixture.of_kind(rng, kind, lang, level, held in ("numbers", "both"), held in ("wording", "both"))
        else:
            yield mixture.draw(rng, level=level)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--count", type=int, default=20)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--kind", choices=list(mixture.KINDS))
    p.add_argument("--lang", choices=["en", "id"])
    p.add_argument("--held", choices=["none", "numbers", "wording", "both"], default="none")
    p.add_argument("--level", type=float, default=0.5)
    a = p.parse_args()
    for s in examples(a.seed, a.count, a.kind, a.lang, a.held, a.level):
        print(json.dumps(dataclasses.asdict(s), ensure_ascii=False))


if __name__ == "__main__":
    main()
