#!/usr/bin/env python3
"""Ten questions to the shipped starter through deepwell-cli: a thought with true steps, the right answer, an end.

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
    ("Berapa 40 tambah 12?", "52"),
    ("12+7", "19"),
    ("What is 85 - 37?", "48"),
    ("Berapa 90 - 45?", "45"),
    ("Tom has 20 pens and buys 30 more. How many pens does he have now?", "50"),
    ("what is 6 times 7", "42"),
    ("How do I export a conversation?", "Ctrl+E"),
    ("Who are you?", "Deepwell starter"),
    ("What is the capital of France?", "starter model"),
]


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
    print(f"{len(QUESTIONS) - failed} of {len(QUESTIONS)} right")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
