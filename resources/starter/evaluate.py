#!/usr/bin/env python3
"""Ask held-out questions, greedily, and print a table by kind.

  evaluate.py --cli build/release/bin/deepwell-cli --model deepwell-starter.gguf   # the real program
  evaluate.py --checkpoint work/v1/final.pt                                        # before there is a file
  evaluate.py … --strangers strangers.tsv                                          # phrasings written apart

Columns: right answers, a thought is there, the reply ended by itself, and of the right answers those
whose thought has only true equations.
"""
import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys

from judge import answer_states, steps_hold
from questions import mixture
from questions.sample import Sample

LIMIT = 420


class Program:
    """Replies through deepwell-cli: one call of `run` a question; turns before it go through `chat`."""

    def __init__(self, cli, model, more):
        self.cli, self.model, self.sampling = cli, [model] if model else [], more
        self.command = [cli, "run"] + self.model
        self.more = ["--json", "--max-tokens", str(LIMIT)] + more

    def _talk(self, turns):
        """The last reply of a conversation; the earlier answers are the model's own."""
        done = subprocess.run([self.cli, "chat"] + self.model + self.sampling + ["--max-tokens", str(LIMIT)], input="\n".join(turns) + "\n", capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"deepwell-cli: {done.stderr.strip()}")
        parts = done.stdout.strip().split("\n\n")
        return (parts[-2], parts[-1], True) if len(parts) == 2 * len(turns) else ("", parts[-1], False)

    def replies(self, samples):
        for s in samples:
            if s.history:
                yield self._talk([q for q, _ in s.history] + [s.question])
                continue
            done = subprocess.run(self.command + [s.question] + self.more + (["--system", s.system] if s.system else []), capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"deepwell-cli: {done.stderr.strip()}")
            reply = json.loads(done.stdout.strip().splitlines()[-1])
            yield reply.get("thinking") or "", reply.get("answer") or "", reply.get("finish") == "stop"


class Checkpoint:
    """Replies in PyTorch, many rows at a time."""

    def __init__(self, path, quantized, temperature):
        import torch
        from model import Model, Shape
        from tokenizer import Tokenizer
        self.torch, self.temperature = torch, temperature
        torch.set_num_threads(1)
        state = torch.load(path, map_location="cpu")
        self.tokenizer, self.model = Tokenizer(), Model(Shape(**state["shape"]))
        self.model.load_state_dict(state["model"], strict=False)
        if quantized:
            for p in self.model.parameters():
                if p.dim() == 2:
                    blocks = p.data.reshape(-1, 32)
                    scale = (blocks.abs().amax(1, keepdim=True) / 127).half().float()
                    p.data = ((blocks / scale.clamp_min(1e-12)).round() * scale).reshape(p.shape)

    def replies(self, samples, rows=50):
        order = sorted(range(len(samples)), key=lambda i: len(samples[i].question))
        out = [None] * len(samples)
        for at in range(0, len(order), rows):
            part = order[at:at + rows]
            for i, ids in zip(part, self._generate([samples[i] for i in part])):
                ended = bool(ids) and ids[-1] == self.tokenizer.end
                text = self.tokenizer.decode(ids[:-1] if ended else ids)
                thought, found, answer = text.partition("</think>")
                out[i] = (thought.strip(), answer.strip(), ended) if found else ("", text if not samples[i].think else "", ended)
        return out

    def _generate(self, samples):
        torch, t = self.torch, self.tokenizer
        prompts = [t.prompt(s.question, s.history, s.system, s.think) for s in samples]
        longest = max(map(len, prompts))
        # Padding on the left: places are only seen relative to each other.
        ids = torch.tensor([[0] * (longest - len(p)) + p for p in prompts])
        closed = torch.tensor([[len(p) + i < longest for i in range(longest)] for p in prompts])
        padding = torch.zeros(closed.shape).masked_fill(closed, float("-inf"))
        cache = [[] for _ in self.model.blk]
        replies, alive = [[] for _ in prompts], list(range(len(prompts)))
        with torch.inference_mode():
            causal = torch.full((longest, longest), float("-inf")).triu(1)
            mask = (causal[None] + padding[:, None]).clamp_min(-1e9)[:, None]
            hidden = self.model.hidden(ids, cache, 0, mask)
            for place in range(longest, longest + LIMIT):
                logits = self.model.logits(hidden[:, -1])
                if self.temperature:
                    chosen = torch.multinomial(torch.softmax(logits / self.temperature, -1), 1)[:, 0]
                else:
                    chosen = logits.argmax(-1)
                keep = []
                for row, token in enumerate(chosen.tolist()):
                    replies[alive[row]].append(token)
                    if token != t.end:
                        keep.append(row)
                if not keep:
                    break
                if len(keep) < len(alive):
                    chosen, padding = chosen[keep], padding[keep]
                    cache = [[k[keep], v[keep]] for k, v in cache]
                    alive = [alive[row] for row in keep]
                padding = torch.cat((padding, torch.zeros(len(alive), 1)), 1)
                hidden = self.model.hidden(chosen[:, None], cache, place, padding.clamp_min(-1e9)[:, None, None])
        return replies


def held_out(count, only):
    """Questions with held-out numbers; every second one in a held-out wording too."""
    rng = random.Random("evaluate")
    for kind in mixture.KINDS:
        if only and kind not in only:
            continue
        for i in range(count):
            name = kind
            wording = bool(i % 2) if kind not in ("deepwell", "talk", "refusal") else True
            s = mixture.of_kind(rng, name, "en" if i % 4 < 2 else "id", 1.0 if i % 3 else 0.3, True, wording)
            yield name, s


def strangers(path):
    """kind, expected and question, separated by tabs; expected texts may be parted by | (one is enough)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, expected, *turns = line.split("\t")
            history = [tuple(turn.split(" => ")) for turn in turns[:-1]]
            yield kind, Sample(kind, "", turns[-1], "", expected, expected, history)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--cli")
    p.add_argument("--model")
    p.add_argument("--checkpoint", type=pathlib.Path)
    p.add_argument("--quantized", action="store_true", help="round the checkpoint's matrices to Q8_0 first")
    p.add_argument("--temperature", type=float, default=0.0)
    p.add_argument("--count", type=int, default=60, help="questions a kind")
    p.add_argument("--kind", action="append")
    p.add_argument("--strangers", type=pathlib.Path)
    p.add_argument("--wrong", action="store_true", help="print what was wrong")
    a = p.parse_args()
    asked = list(strangers(a.strangers) if a.strangers else held_out(a.count, a.kind))
    if a.checkpoint:
        source = Checkpoint(a.checkpoint, a.quantized, a.temperature)
    else:
        source = Program(a.cli or "deepwell-cli", a.model, ["--temp", str(a.temperature)] if a.temperature else [])
    table = collections.OrderedDict()
    for (kind, s), (thought, answer, ended) in zip(asked, source.replies([s for _, s in asked])):
        row = table.setdefault(kind, [0, 0, 0, 0, 0])
        right = any(answer_states(answer, e) for e in s.expected.split("|"))
        row[0] += 1
        row[1] += right
        row[2] += bool(thought)
        row[3] += ended
        row[4] += right and steps_hold(thought)
        if a.wrong and not right:
            print(f"[{kind}] {' / '.join(q for q, _ in s.history)} {s.question}\n    {thought!r}\n    {answer!r}, expected {s.expected!r}")
    print(f"{'kind':22}{'asked':>6}{'right':>8}{'thought':>9}{'ended':>8}{'steps':>8}")
    total = [sum(column) for column in zip(*table.values())]
    for kind, (n, right, thought, ended, steps) in [*table.items(), ("all", total)]:
        print(f"{kind:22}{n:6}{100 * right / n:7.1f}%{100 * thought / n:8.1f}%{100 * ended / n:7.1f}%{100 * steps / max(1, right):7.1f}%")


if __name__ == "__main__":
    main()
