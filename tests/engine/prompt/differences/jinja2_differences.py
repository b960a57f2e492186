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
import random
import re
import subprocess
import sys

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


class Maker:
    """Writes templates from a grammar of typed expressions; one in about ten has a wrong type."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.depth = 0

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, share):
        return self.random.random() < share

    # --- expressions ---
    def make(self, kind):
        if self.chance(0.01):
            kind = self.pick("number", "string", "list", "mapping", "boolean", "odd")
        self.depth += 1
        try:
            if self.depth > 3:
                return getattr(self, kind + "_leaf")()
            return getattr(self, kind)()
        finally:
            self.depth -= 1

    def number_leaf(self):
        return self.pick("0", "1", "2", "-3", "10", "count", "ratio", "minus", "1.0", "2.25", "true",
                         "numbers[0]", "rows[1].v", "0.1", "1e16", "100000", "1e-5")

    def string_leaf(self):
        return self.pick("''", "'a'", "'ab c'", '"x\\ny"', "text", "spaced", "greek", "lines", "html",
                         "messages[0].role", "messages[1]['content']", "words[1]", "'é😀'", "'A-b_c'",
                         "'1,2,,3'", "'007'", "\"it's\"", "'%s'", "'{}'", "'\\t'")

    def list_leaf(self):
        return self.pick("numbers", "words", "[]", "[1, 'a']", "(1, 2)", "rows", "messages", "empty",
                         "mixed", "range(4)", "[[1, 2], [3, 4]]", "('a',)", "table.a", "['b', 'a', 'B']")

    def mapping_leaf(self):
        return self.pick("table", "{}", "{'k': 1}", "rows[0]", "messages[2]", "{'a': {'b': [1]}, 'z': 2}",
                         "{1: 'one', none: 2}", "dict(a=1, b='x')")

    def boolean_leaf(self):
        return self.pick("true", "false", "flag", "not empty", "add_generation_prompt", "none is none")

    def odd_leaf(self):
        return self.pick("missing", "none", "nothing", "table.zz", "messages[9]")

    odd = odd_leaf

    def number(self):
        m = self.make
        return self.pick(
            lambda: self.number_leaf(),
            lambda: f"({m('number')} {self.pick('+', '-', '*', '//', '%', '/')} {m('number')})",
            lambda: f"({m('number')} ** {self.pick('2', '0', '3')})",
            lambda: f"-{m('number')}",
            lambda: f"({m('string')})|length", lambda: f"({m('list')})|length",
            lambda: f"({m('number')})|abs", lambda: f"({m('number')})|round({self.pick('', '1', '2', '0')})",
            lambda: f"({m('number')})|int", lambda: f"({m('string')})|int({self.pick('', '7')})",
            lambda: f"({m('number')})|float", lambda: f"(numbers|{self.pick('sum', 'min', 'max', 'first', 'last')})",
            lambda: f"({m('string')}).{self.pick('count', 'find', 'rfind')}({m('string')})",
            lambda: "(rows|sum(attribute='v'))", lambda: f"({m('list')}).count({m('number')})",
            lambda: f"({m('number')} if {m('boolean')} else {m('number')})",
            lambda: f"({m('string')})|wordcount", lambda: f"({m('odd')})|default({m('number')})")()

    def string(self):
        m = self.make
        filters = ("upper", "lower", "trim", "capitalize", "title", "string", "reverse", "escape", "e", "safe",
                   "striptags", "indent", "indent(2, true)", "indent('> ', blank=true)", "tojson", "list|join",
                   "replace('a', 'bb')", "replace(' ', '', 1)", "truncate(8)", "truncate(8, true, '~', 0)",
                   "center(20)", "urlencode", "wordwrap(6)", "default('d')", "d('x', true)", "forceescape",
                   "first", "last", "trim('T ')", "format", "wordwrap(5, false, '|')", "pprint", "sort|join('-')",
                   "unique|join", "batch(3)|list|tojson", "slice(2)|list|tojson", "map('upper')|join('.')",
                   "select('in', 'aeiou')|join", "urlize", "filesizeformat")
        methods = ("upper()", "lower()", "strip()", "lstrip()", "rstrip()", "strip('abT ')", "title()",
                   "capitalize()", "swapcase()", "casefold()", "replace('o', '0')", "replace('', '-')", "zfill(12)",
                   "center(11, '*')", "ljust(9)", "rjust(9, '.')", "expandtabs(4)", "removeprefix('The')",
                   "removesuffix('x')", "split()[0]", "split(',')[-1]", "rsplit(' ', 1)[0]", "partition(' ')[2]",
                   "rpartition(',')[0]", "splitlines()|join('/')", "lstrip('<think>')", "format(1, 'b')",
                   "join(['x', 'y'])", "encode")
        return self.pick(
            lambda: self.string_leaf(), lambda: self.string_leaf(),
            lambda: f"({m('string')} + {m('string')})",
            lambda: f"({m('string')} ~ {m(self.pick('number', 'string', 'list', 'mapping', 'odd'))})",
            lambda: f"({m('string')})|{self.pick(*filters)}",
            lambda: f"({m('string')})|{self.pick(*filters)}",
            lambda: f"({m('string')}).{self.pick(*methods[:-1])}",
            lambda: f"({m('string')}).{self.pick(*methods[:-1])}",
            lambda: f"({m('string')})[{self.slice()}]",
            lambda: f"({m('string')} * {self.pick('0', '1', '2', '3')})",
            lambda: f"({m('list')})|join({m('string')})",
            lambda: f"({m(self.pick('list', 'mapping', 'number', 'string', 'boolean'))})|tojson"
                    f"{self.pick('', '(indent=2)', '(ensure_ascii=true)', '(sort_keys=true)', '(2)', '(indent=1)')}",
            lambda: f"({m(self.pick('number', 'list', 'mapping', 'boolean'))})|string",
            lambda: f"'%s|%{self.pick('s', 'r', '5s', '-4s', '.2s')}' % ({m('string')}, {m(self.pick('string', 'number', 'list'))})",
            lambda: f"'%{self.pick('d', '5d', '05d', '+d', 'x', 'o', '.2f', 'e', 'g', '8.3f', 'i', '-6d')}|' % {m('number')}",
            lambda: f"'{{:{self.pick('>8', '<8', '^8', '*^9', '', '.3')}}}'.format({m('string')})",
            lambda: f"'{{:{self.pick('d', '5', '05', '+', ',', '.2f', 'e', '%', 'x', 'b', 'g', '>6', '_')}}}'.format({m('number')})",
            lambda: f"'{{0}}{{1!r}}{{k}}'.format({m('string')}, {m('string')}, k={m('number')})",
            lambda: f"({m('string')} if {m('boolean')} else {m('string')})",
            lambda: f"({m('odd')})|default({m('string')})",
            lambda: f"({m('list')})|{self.pick('first', 'last')}|string",
            lambda: f"strftime_now('{self.pick('%Y-%m-%d', '%d %b %Y', '%H:%M:%S', '%B %e, %A', '%j %U')}')")()

    def slice(self):
        part = lambda: self.pick("", "", "0", "1", "-1", "2", "-2", "99", "count")
        return self.pick(lambda: f"{part()}:{part()}", lambda: f"{part()}:{part()}:{self.pick('1', '2', '-1', '-2')}",
                         lambda: self.pick("0", "-1", "1", "50"))()

    def list(self):
        m = self.make
        filters = ("list", "reverse|list", "sort", "sort(reverse=true)", "unique|list", "batch(2)|list", "slice(2)|list",
                   "batch(3, 'f')|list", "slice(3, 'f')|list", "map('string')|list", "select('string')|list",
                   "reject('none')|list", "select|list", "map('length')|list", "map('default', 'x')|list",
                   "select('number')|list", "reject('mapping')|list", "map('tojson')|list")
        return self.pick(
            lambda: self.list_leaf(), lambda: self.list_leaf(),
            lambda: f"[{m('number')}, {m('string')}, {m('odd')}]",
            lambda: f"({m('list')})|{self.pick(*filters)}", lambda: f"({m('list')})|{self.pick(*filters)}",
            lambda: f"({m('list')})[{self.slice()}]",
            lambda: f"({m('list')} + {m('list')})", lambda: f"({m('list')} * 2)",
            lambda: f"({m('mapping')})|{self.pick('list', 'dictsort', 'dictsort(true)', 'items|list', 'dictsort(by=' + repr('value') + ')')}",
            lambda: f"({m('mapping')}).{self.pick('keys', 'values', 'items')}()|list",
            lambda: f"({m('string')}).{self.pick('split()', 'splitlines()', 'splitlines(true)', 'split(' + repr(',') + ')', 'split(none, 1)', 'rsplit()', 'partition(' + repr(' ') + ')')}",
            lambda: f"rows|{self.pick('map(attribute=' + repr('v') + ')|list', 'selectattr(' + repr('v') + ', ' + repr('gt') + ', 1)|list', 'rejectattr(' + repr('n') + ', ' + repr('equalto') + ', ' + repr('x') + ')|list', 'sort(attribute=' + repr('v') + ')', 'groupby(' + repr('n') + ')', 'map(attribute=' + repr('q') + ', default=0)|list', 'unique(attribute=' + repr('n') + ')|list', 'selectattr(' + repr('q') + ')|list', 'sort(attribute=' + repr('n,v') + ')')}",
            lambda: f"numbers|{self.pick('select(' + repr('odd') + ')', 'reject(' + repr('gt') + ', 2)', 'map(' + repr('abs') + ')', 'select(' + repr('divisibleby') + ', 2)', 'select(' + repr('in') + ', [1, 2])')}|list",
            lambda: f"range({self.pick('3', '1, 4', '5, 0, -2', '0')})|list")()

    def mapping(self):
        m = self.make
        return self.pick(lambda: self.mapping_leaf(), lambda: f"{{'a': {m('string')}, 'b': {m('list')}}}",
                         lambda: f"dict({m('mapping')}, z={m('number')})", lambda: f"({m('mapping')}).copy()")()

    def boolean(self):
        m = self.make
        tests = ("defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "mapping",
                 "sequence", "iterable", "true", "false", "callable", "escaped", "sameas none", "eq 1", "in [1, 'a']")
        any_kind = lambda: m(self.pick("number", "string", "list", "mapping", "odd", "boolean"))
        return self.pick(
            lambda: self.boolean_leaf(), lambda: f"{any_kind()} is {self.pick('', 'not ')}{self.pick(*tests)}",
            lambda: f"({m('number')} {self.pick('<', '>', '<=', '>=', '==', '!=')} {m('number')})",
            lambda: f"({m('string')} {self.pick('<', '==', '!=', 'in', 'not in')} {m('string')})",
            lambda: f"({any_kind()} {self.pick('==', '!=')} {any_kind()})",
            lambda: f"({any_kind()} in {m('list')})", lambda: f"({m('string')} in {m('mapping')})",
            lambda: f"({m('boolean')} {self.pick('and', 'or')} {m('boolean')})", lambda: f"not {m('boolean')}",
            lambda: f"({m('number')})|int is {self.pick('odd', 'even', 'divisibleby 3', 'divisibleby(2)')}",
            lambda: f"({m('string')}).{self.pick('startswith(', 'endswith(')}{m('string')})",
            lambda: f"({m('string')}).{self.pick('isdigit', 'isalpha', 'isalnum', 'isspace', 'isupper', 'islower', 'istitle', 'isnumeric')}()",
            lambda: f"({m('string')}) is {self.pick('lower', 'upper')}")()

    # --- statements ---
    def tag(self, body):
        return self.pick("{%", "{%-", "{%", "{%+") + f" {body} " + self.pick("%}", "-%}", "%}", "+%}")

    def print(self, expression):
        return self.pick("{{", "{{-", "{{") + f" {expression} " + self.pick("}}", "-}}", "}}")

    def text(self):
        return self.pick("", "", "x", " a ", "\n", "\n  ", "  \n", " - ", "\n\n", "\t", "é", "{ ", "}", "# ", "\r\n")

    def any_expression(self):
        return self.make(self.pick("number", "string", "string", "list", "mapping", "boolean", "odd"))

    def statement(self, nesting=0):
        m, t = self.make, self.tag
        inner = lambda: self.block(nesting + 1)
        simple = [
            lambda: self.print(self.any_expression()), lambda: self.print(self.any_expression()),
            lambda: self.print(self.pick("y", "z", "ns.a", "f(1)", "x", "f(count, k=2)", "f()")),
            lambda: t(f"set y = {self.any_expression()}"), lambda: "{#" + self.pick("-", "", "+") + " c " + self.pick("-", "", "+") + "#}",
            lambda: t(f"set ns = namespace(a={m('number')})"), lambda: t(f"set ns.a = {self.any_expression()}"),
            lambda: "{% raw %}{{ x }}{% endraw %}", lambda: t("set y, z = 1, " + m("string")),
        ]
        nested = [
            lambda: t(f"if {m('boolean')}") + inner() + t("endif"),
            lambda: t(f"if {self.any_expression()}") + inner() + t(f"elif {m('boolean')}") + inner() + t("else") + inner() + t("endif"),
            lambda: t(f"for x in {m('list')}") + self.loop_body(nesting) + t("endfor"),
            lambda: t(f"for x in {m('list')} if {self.pick('x', 'x is string', 'x is number', 'x is not none')}")
            + self.loop_body(nesting) + t("else") + inner() + t("endfor"),
            lambda: t(f"for x, z in {m('mapping')}.items()") + self.loop_body(nesting) + t("endfor"),
            lambda: t(f"for x in {m('string')}") + self.loop_body(nesting) + t("endfor"),
            lambda: t(f"macro f({self.pick('x', 'x, k=1', 'x=2', '')})") + inner() + self.pick("", "{{ varargs }}", "{{ kwargs }}", "{{ caller is defined }}")
            + t("endmacro"),
            lambda: t(f"macro g({self.pick('x', 'x, k=1', '')})") + "{{ x }}{{ caller(" + self.pick("", "1", "x") + ") }}" + t("endmacro")
            + t(f"call{self.pick('', '(y)')} g({self.pick('', '1', '1, k=3')})") + inner() + t("endcall"),
            lambda: t(f"set y{self.pick('', ' | upper', ' | trim | length')}") + inner() + t("endset"),
            lambda: t(f"filter {self.pick('upper', 'trim', 'indent(3)', 'replace(' + repr('a') + ', ' + repr('<') + ')', 'escape')}") + inner() + t("endfilter"),
            lambda: t(f"with z = {self.any_expression()}") + inner() + t("endwith"),
            lambda: t("generation") + inner() + t("endgeneration"),
            lambda: t("for x in [1, [2, [3, []]]] recursive") + self.pick("{{ x if x is number else '[' ~ loop(x) ~ ']' }}", "{{ loop.depth }}{% if x is iterable %}{{ loop(x) }}{% endif %}")
            + t("endfor"),
        ]
        return self.pick(*(simple if nesting > 2 or self.chance(0.6) else nested))()

    def loop_body(self, nesting):
        part = self.pick(
            "{{ loop.index }}/{{ loop.length }}", "{{ loop.first }}{{ loop.last }}", "{{ x }}{{ ',' if not loop.last }}",
            "{{ loop.previtem }}<{{ loop.nextitem }}", "{{ loop.cycle('a', 'b') }}", "{{ loop.changed(x) }}", "{{ loop.revindex0 }}", "",
            "{% if loop.index0 == 1 %}{% continue %}{% endif %}", "{% if loop.index > 2 %}{% break %}{% endif %}", "{% set y = x %}")
        return self.text() + part + self.block(nesting + 1)

    def block(self, nesting):
        return "".join(self.text() + self.statement(nesting) for _ in range(self.random.randint(1, 2))) + self.text()

    def template(self):
        known = "{% set ns = namespace(a=0) %}{% set x, y, z = 1, 'y', [3] %}{% macro f(x=1, k=2) %}{{ x }}{% endmacro %}\n"
        return self.pick(known, known, known, "") + self.block(0) + self.block(1)


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
    for text, wanted, got in different[:20]:
        print(f"template {text!r}\n  Jinja2 {wanted}\n  ours   {got}")
    print(f"Jinja2 {jinja2.__version__}, seed {options.seed}: {texts} texts and {errors} errors equal, "
          f"{len(different)} different, {unprintable} left out")
    return 1 if different or texts < options.count // 3 else 0


if __name__ == "__main__":
    sys.exit(main())
