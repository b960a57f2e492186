#!/usr/bin/env python3
"""Train the starter model; the same code on a processor and on a graphics card.

The examples are made on the fly, from (seed, number of the chunk). Several workers of one thread each
share the weights and never wait for each other: beside other work on the machine that is many times
quicker than threads that meet after every product. One worker is exactly repeatable, several are not. The rate is constant until --tokens minus --cool, then
falls to zero in a straight line. The checkpoint of the constant part is kept: go on from it later.

  train.py --out work/main --tokens 20e6                    # constant rate, a checkpoint now and then
  train.py --from work/main/last.pt --out work/v1 --cool 3e6   # a branch that cools down
"""
import argparse
import json
import os
import pathlib
import random
import time

import torch
import torch.nn.functional as F

from model import Model, Shape
from questions import mixture
from tokenizer import Tokenizer

CHUNK = 300  # examples that are made and sorted by length together
# The first line of a thought says what is asked: it counts more in the loss. Where understanding is the
# hard part most examples end with that line, so that many more of them fit into the same time.
UNDERSTANDING, ITS_WEIGHT = 14, 2.5
CUT = {"story": 0.65, "follow-up": 0.55, "deepwell": 0.68, "talk": 0.85, "refusal": 0.9,
       "addition": 0.5, "subtraction": 0.5, "multiplication": 0.5, "division": 0.4}


def chunk_batches(tokenizer, seed, number, level, batch_tokens, weights=None):
    """The batches of one chunk: lists of (ids, where the reply begins, tokens of its first line)."""
    rng = random.Random(f"{seed}:{number}")
    rows = []
    for _ in range(CHUNK):
        s = mixture.draw(rng, level=level, weights=weights)
        head = tokenizer.prompt(s.question, s.history, s.system, s.think)
        ids = head + tokenizer.reply(s.thought, s.answer, s.think)
        first = len(tokenizer.encode(s.thought.split("\n")[0] + "\n"))
        if s.think and rng.random() < CUT.get(s.kind, 0):
            ids = ids[:len(head) + first]
        if len(ids) <= 900:
            rows.append((ids, len(head), min(UNDERSTANDING, first)))
    rows.sort(key=lambda row: len(row[0]))
    batches, at = [], 0
    while at < len(rows):
        end, longest = at, 0
        while end < len(rows) and max(longest, len(rows[end][0])) * (end - at + 1) <= max(batch_tokens, len(rows[end][0])):
            longest = max(longest, len(rows[end][0]))
            end += 1
        batches.append(rows[at:end])
        at = end
    rng.shuffle(batches)
    return batches


def tensors(rows, device):
    length = max(len(row[0]) for row in rows)
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    weight = torch.zeros(len(rows), length)
    for i, (row, start, first) in enumerate(rows):
        ids[i, :len(row)] = torch.tensor(row)
        weight[i, start - 1:len(row) - 1] = 1
        weight[i, start - 1:start - 1 + first] = ITS_WEIGHT
    return ids.to(device), weight.to(device)


def loss_of(model, ids, weight, device):
    scored = weight > 0
    with torch.autocast(device, torch.bfloat16):
        h = model.hidden(ids)
        h = h[scored]
        logits = model.logits(h)
    target = ids.roll(-1, 1)[scored]
    weight = weight[scored]
    return (F.cross_entropy(logits.float(), target, reduction="none") * weight).sum() / weight.sum()


class Flat:
    """All parameters as one vector, shared by the workers, with AdamW's two moments beside it."""

    def __init__(self, model, device):
        named = sorted(model.named_parameters(), key=lambda item: item[1].dim() != 2)
        self.names = [name for name, _ in named]
        self.sizes = [p.numel() for _, p in named]
        self.decayed = sum(p.numel() for _, p in named if p.dim() == 2)
        self.values = torch.cat([p.detach().flatten() for _, p in named]).to(device).share_memory_()
        self.first = torch.zeros_like(self.values).share_memory_()
        self.second = torch.zeros_like(self.values).share_memory_()
        self.counts = torch.zeros(4, dtype=torch.float64).share_memory_()  # tokens, steps, chunks, stop

    def bind(self, model):
        """Make the model's parameters and gradients windows into the vectors; returns the gradient vector."""
        parameters, gradient, at = dict(model.named_parameters()), torch.zeros_like(self.values), 0
        for name, size in zip(self.names, self.sizes):
            p = parameters[name]
            p.data = self.values[at:at + size].view(p.shape)
            p.grad = gradient[at:at + size].view(p.shape)
            at += size
        return gradient

    def step(self, gradient, lr, decay=0.05, betas=(0.9, 0.995), epsilon=1e-8):
        n = float(self.counts[1]) + 1
        self.counts[1] = n
        gradient.mul_(min(1.0, 1.0 / (float(gradient.norm()) + 1e-6)))
        self.first.mul_(betas[0]).add_(gradient, alpha=1 - betas[0])
        self.second.mul_(betas[1]).addcmul_(gradient, gradient, value=1 - betas[1])
        scale = (1 - betas[1] ** n) ** 0.5
        self.values[:self.decayed].mul_(1 - lr * decay)
        # Another worker may write between these lines: for a rare token the new first moment would be
        # divided by the old second one, which is almost nothing. The bound keeps such a step harmless.
        step = (self.first / self.second.sqrt().add_(epsilon)).clamp_(-3, 3)
        self.values.add_(step, alpha=-lr * scale / (1 - betas[0] ** n))


def worker(index, a, shape, flat, begin):
    torch.set_num_threads(1)
    tokenizer, model = Tokenizer(), Model(shape).to(a.device)
    gradient = flat.bind(model)
    level, batch, rate, weights = a.level, a.batch, a.rate, None
    steps_before = float(flat.counts[1])
    while not flat.counts[3]:
        if a.controls and a.controls.exists():
            c = json.loads(a.controls.read_text())
            level, batch, rate = c.get("level", level), c.get("batch", batch), c.get("rate", rate)
            weights = c.get("weights")
            if c.get("stop"):
                flat.counts[3] = 1
        chunk = int(flat.counts[2])
        flat.counts[2] = chunk + 1
        recent, told, since = [], 0, time.time()
        for rows in chunk_batches(tokenizer, a.seed, chunk, level, batch, weights):
            ids, weight = tensors(rows, a.device)
            gone = float(flat.counts[0]) - begin
            lr = rate * min(1.0, (float(flat.counts[1]) - steps_before + 1) / 60)
            if a.cool and gone > a.tokens:
                lr *= max(0.0, 1 - (gone - a.tokens) / a.cool)
            gradient.zero_()
            loss = loss_of(model, ids, weight, a.device)
            loss.backward()
            flat.step(gradient, lr)
            count = sum(len(row[0]) for row in rows)
            flat.counts[0] += count
            told += count
            recent.append(loss.item())
            if gone + count >= a.tokens + a.cool:
                flat.counts[3] = 1
            if flat.counts[3]:
                break
        print(f"{time.strftime('%H:%M:%S')} worker {index}  {float(flat.counts[0]) / 1e6:7.3f} M  loss {sum(recent) / len(recent):.4f}  "
              f"{told / (time.time() - since):6.0f} tokens/s  rate {lr:.1e}  level {level}  batch {batch:.0f}", flush=True)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--from", dest="source", type=pathlib.Path)
    p.add_argument("--tokens", type=float, default=0, help="constant-rate tokens of this run")
    p.add_argument("--cool", type=float, default=0, help="tokens of the cool-down at its end")
    p.add_argument("--rate", type=float, default=7e-4)
    p.add_argument("--batch", type=float, default=1024)
    p.add_argument("--level", type=float, default=0.3, help="0: short numbers, 1: the whole range")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--layers", type=int, default=4)
    p.add_argument("--width", type=int, default=256)
    p.add_argument("--workers", type=int, default=1, help="processes of one thread each over shared weights, without locks")
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--controls", type=pathlib.Path, help='a JSON file that may change level, batch, rate, weights (of the kinds) while it runs, or {"stop": true}')
    a = p.parse_args()

    torch.manual_seed(a.seed)
    torch.set_num_threads(1)
    state = torch.load(a.source, map_location="cpu") if a.source else None
    shape = Shape(**state["shape"]) if state else Shape(len(Tokenizer().tokens), a.width, a.layers, a.width // 64, max(1, a.width // 128))
    model = Model(shape)
    if state:
        model.load_state_dict(state["model"], strict=False)
    flat = Flat(model, a.device)
    if state:
        for mine, stored in ((flat.first, "first"), (flat.second, "second"), (flat.counts, "counts")):
            mine.copy_(state[stored])
        flat.counts[3] = 0
    a.out.mkdir(parents=True, exist_ok=True)
    print(f"{flat.values.numel()} parameters, vocabulary {shape.vocabulary}", flush=True)
    flat.bind(model)

    def save(name):
        data = {"shape": vars(shape), "model": model.state_dict(), "first": flat.first, "second": flat.second, "counts": flat.counts}
        torch.save(data, a.out / (name + ".new"))
        os.replace(a.out / (name + ".new"), a.out / name)

    begin = float(flat.counts[0])
    if a.workers == 1:
        # One worker in this process: the same seed gives the same weights.
        worker(0, a, shape, flat, begin)
    else:
        context = torch.multiprocessing.get_context("spawn")
        processes = [context.Process(target=worker, args=(i, a, shape, flat, begin)) for i in range(a.workers)]
        for process in processes:
            process.start()
        while any(process.is_alive() for process in processes):
            processes[0].join(180)
            for process in processes[1:]:
                process.join(0 if processes[0].is_alive() else None)
            save("last.pt")
    save("final.pt" if a.cool else "last.pt")


if __name__ == "__main__":
    main()
