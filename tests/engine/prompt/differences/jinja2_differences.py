"""Random small chat templates, run by Jinja2 and by our interpreter: the same text or the same kind
of error.

    jinja2_differences.py RUNNER [--seed N] [--count N]

RUNNER is template_runner: JSON lines in, JSON lines out. Jinja2 is set up as transformers does it
(sandbox, trim_blocks, lstrip_blocks, loop controls, generation blocks, its tojson). Ends with 77
where Jinja2 is not installed, which CTest counts as skipped.
"""
import argparse
import datetime
import json
import re
import subprocess
import sys

from template_grammar import Maker

try:
    import jinja2
    import jinja2.ext
    import jinja2.nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment
except ImportError:
    print("skipped: python3-jinja2 is not installed")
    sys.exit(77)

NOW = datetime.datetime(2025, 2, 21, 9, 5, 7)

CONTEXT = {
    "messages": [
        {"role": "system", "content": " Be kind. \n"},
        {"role": "user", "content": "Hello, 'you' & \"<b>\"\n"},
        {"role": "assistant", "content": "<think>\nhm\n</think>\n\nHi 😀",
         "tool_calls": [{"name": "f", "arguments": {"x": 1, "y": [True, None, 1.5]}}]},
        {"role": "user", "content": [{"type": "text", "text": "Look"}, {"type": "image"}]},
    ],
    "numbers": [3, -1, 2, 0, 10], "mixed": [1, "a", None, True, 2.5, [1, 2], {"k": "v"}],
    "words": ["beta", "Alpha", "gamma", "alpha"], "empty": [], "nothing": None, "flag": True,
    "text": "The quick, brown fox", "spaced": "  a b\tc\n", "greek": "Ünïcode ßΣ 中文 😀",
    "rows": [{"n": "x", "v": 3}, {"n": "Y", "v": 1}, {"n": "x", "v": 2}],
    "table": {"b": 1, "a": [1, 2], "C": {"d": None}}, "count": 7, "ratio": 2.5, "minus": -4,
    "lines": "one\n two\n\nthree", "html": "<a href='x'>T & \"q\"</a>", "add_generation_prompt": True,
}


class Generation(jinja2.ext.Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


class Raised(Exception):
    pass


def raise_exception(message):
    raise Raised(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators,
                      sort_keys=sort_keys)


def environment():
    env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True,
                                        extensions=[Generation, jinja2.ext.loopcontrols])
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    return env


KINDS = [(Raised, "raise_exception"), (jinja2.exceptions.SecurityError, "security"),
         (jinja2.TemplateSyntaxError, "syntax"), (jinja2.UndefinedError, "undefined"),
         (jinja2.TemplateError, "runtime"), (SyntaxError, "syntax"), (TypeError, "type"),
         (OverflowError, "overflow"), (ZeroDivisionError, "zero_division"), (ValueError, "value")]


def truth(env, text):
    """The text that Jinja2 makes, or the kind of its error ("any" where we have no name for it)."""
    try:
        return {"text": env.from_string(text).render(**json.loads(json.dumps(CONTEXT)))}
    except Exception as error:  # what Jinja2 lets through is anything
        for known, name in KINDS:
            if isinstance(error, known):
                return {"error": name, "message": str(error)}
        return {"error": "any", "message": repr(error)}


# Python's addresses and internals, which nobody can mean to print.
UNPRINTABLE = re.compile(r"object at 0x|<function|<class|<bound|<Macro|<built-in|<generator|LoopContext|Namespace|dict_(keys|values|items)|TemplateReference|Cycler|Undefined")


def agree(wanted, given):
    if "text" in wanted:
        return given.get("text") == wanted["text"]
    if wanted["error"] == "any":
        return "error" in given
    return given.get("error") == wanted["error"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("runner")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--show", type=int, default=20, help="differences that are printed")
    options = parser.parse_args()
    env = environment()
    templates = []
    for number in range(options.count):
        templates.append(Maker(f"{options.seed}/{number}").template())
    lines = "".join(json.dumps({"template": text, "context": CONTEXT}) + "\n" for text in templates)
    done = subprocess.run([options.runner], input=lines, capture_output=True, text=True, encoding="utf-8")
    given = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(given) != len(templates):
        print(f"{options.runner} ended with {done.returncode} after {len(given)} templates\n{done.stderr}")
        return 1
    texts = errors = unprintable = 0
    different = []
    for text, got in zip(templates, given):
        wanted = truth(env, text)
        # Jinja2 computes constants beforehand; there a slice of what has none is undefined, and
        # not an error as it is everywhere else.
        of_constant = "text" in wanted and got.get("message", "").endswith("has no slices")
        if UNPRINTABLE.search(wanted.get("text", "")) or of_constant:
            unprintable += 1
        elif agree(wanted, got):
            texts, errors = texts + ("text" in wanted), errors + ("error" in wanted)
        else:
            different.append((text, wanted, got))
    for text, wanted, got in different[:options.show]:
        print(f"template {text!r}\n  Jinja2 {wanted}\n  ours   {got}")
    print(f"Jinja2 {jinja2.__version__}, seed {options.seed}: {texts} texts and {errors} errors equal, "
          f"{len(different)} different, {unprintable} left out")
    return 1 if different or texts < options.count // 3 else 0


if __name__ == "__main__":
    sys.exit(main())
