#!/usr/bin/env python3
"""Ten questions and a follow-up to the shipped starter through deepwell-cli: a thought with true steps, the right answer, an end.

This guards the path from question to answer and the file that ships; the ten are ones that this file
gets right. How good the model is, evaluate.py says.

  ask_test.py PATH/deepwell-cli PATH/deepwell-starter.gguf
"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "resources" / "starter"))

import judge  # noqa: E402

QUESTIONS = [
    ("What is 17 + 25?", "42"),
    ("berapa 46 + 37", "83"),
    ("What's 1,000 - 285?", "715"),
    ("Please multiply 14 by 12.", "168"),
    ("52 / 5", "10 remainder 2"),
    ("Tom has 20 pens and buys 30 more. How many pens does he have now?", "50"),
    ("Dari 90 kursi, 26 terisi. Yang kosong berapa?", "64"),
    ("How do I export a conversation?", "Ctrl+E"),
    ("Who are you?", "Deepwell starter"),
    ("What is the capital of France?", "starter model"),
]
FOLLOW_UP = ("What is 17 + 25?\nand times 3?\n", "126")


def main():
    cli, model = sys.argv[1:3]
    failed = 0
    for question, expected in QUESTIONS:
        done = subprocess.run([cli, "run", model, question, "--json"], capture_output=True, text=True, timeout=60)
        reply = json.loads(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else {"error": done.stderr}
        thought, answer = reply.get("thinking") or "", reply.get("answer") or ""
        good = bool(thought) and reply.get("finish") == "stop" and judge.answer_states(answer, expected) and judge.steps_hold(thought)
        failed += not good
        if not good:
            print(f"{question}\n  expected {expected}\n  got {reply}")
    lines, expected = FOLLOW_UP
    talk = subprocess.run([cli, "chat", model], input=lines, capture_output=True, text=True, timeout=60).stdout
    if not judge.answer_states(talk.strip().split("\n")[-1], expected):
        failed += 1
        print(f"{lines}  expected {expected}\n  got {talk}")
    print(f"{len(QUESTIONS) + 1 - failed} of {len(QUESTIONS) + 1} right")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
