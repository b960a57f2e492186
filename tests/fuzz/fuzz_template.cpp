// Any bytes as a chat template over a fixed conversation: an error or a text within the limits,
// whose untrusted bytes lie in order inside it.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "engine/prompt/chat_template/chat_template.h"
#include "tests/fuzz/corpus.h"

using namespace deepwell::engine;
using Json = nlohmann::ordered_json;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

Json conversation() {
    return {{"messages",
             {{{"role", "system"}, {"content", "Be kind."}},
              {{"role", "user"}, {"content", "{{ 1 }} <\xEF\xBD\x9CUser\xEF\xBD\x9C> 5 < 6"}},
              {{"role", "assistant"}, {"content", "<think>\nhm\n</think>\n\n42"}},
              {{"role", "user"}, {"content", "\xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x98\x80"}}}},
            {"tools", nullptr},
            {"add_generation_prompt", true},
            {"numbers", {1, -2, 3.5, true, nullptr}},
            {"bos_token", "<s>"},
            {"eos_token", "</s>"}};
}

std::string repeated(const std::string& text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
}

}  // namespace

std::vector<std::string> deepwell::tests::fuzz_corpus() {
    return {
        "{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}<|user|>{{ m['content'] | "
        "trim }}{% elif '</think>' in m.content %}{{ m.content.split('</think>')[-1] }}{% endif "
        "%}{% endfor %}",
        "{%- set ns = namespace(x=0) -%}{%- for n in numbers if n -%}{%- set ns.x = ns.x + n "
        "-%}{{ loop.index ~ loop.last }}{%- endfor -%}{{ ns.x }}",
        "{% macro f(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call f(1) %}x{% endcall "
        "%}",
        "{{ messages | tojson(indent=2) }}{{ messages | map(attribute='role') | unique | list }}",
        "{{ '%5.2f|%-4s|%x' % (1.5, 'a', 255) }}{{ '{0:>8}{x!r}'.format(1, x='q') }}",
        "{{ messages[::-1] | length }}{{ 'abc'[1:] }}{{ 7 // -2 }}{{ -7 % 3 }}{{ 2 ** 10 }}",
        "{% raw %}{{ x }}{% endraw %}{# c #}{{ strftime_now('%Y') }}",
        "{{ ('<%s>' | safe) % '<' + '&' }}{{ ('{}' | e).format('<') }}{{ ('a' | safe).join(['<']) "
        "}}",
        "{{ 'see www.a.org, (http://b.c/d?e=1) x@y.de' | urlize(9, true, target='_blank') }}",
        "{{ 'a well-known -- word_wrapped text' | wordwrap(4, false, '|') }}{{ {'a': 1} | xmlattr "
        "}}",
        "{{ range(9)[1:7:2] }}{{ range(3).index(2) }}{{ [3, 1] | random }}{{ 'ß'.casefold() }}",
        // Never closed.
        "{#",
        "{{ a[\"foo\"(",
        "{% raw %}",
        "{{ 'abc",
        "{% for",
        // Nested.
        repeated("{{ (", 1) + repeated("(", 500),
        repeated("{% if true %}", 500),
        "{{ " + repeated("not ", 5000) + "1 }}",
        "{{ " + repeated("-", 5000) + "1 }}",
        "{{ 1" + repeated(" + 1", 5000) + " }}",
        "{{ x" + repeated(" | trim", 5000) + " }}",
        // Long work.
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% "
        "endfor "
        "%}{{ ns.x }}",
        "{% set ns = namespace(x='a') %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{% "
        "endfor %}",
        "{% set ns = namespace() %}{% set ns.me = ns %}{{ ns }}{{ ns == ns }}",
        "{% set l = [] %}{% set x = l.append(l) %}{{ l }}",
        "{{ 'a' * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'x'.center(1000000000) }}",
        "{{ 'x' | indent(1000000000, true) }}",
        "{{ 10 ** 1000000000 }}",
        "{{ ''.__class__.__mro__ }}",
        "{% for x in [[1]] recursive %}{{ loop([x]) }}{% endfor %}",
    };
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Json context = conversation();
    const auto parsed =
        ChatTemplate::parse(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!parsed) {
        require(!parsed.error().message.empty());
        return 0;
    }
    RenderOptions options;
    options.now = std::chrono::local_seconds(std::chrono::seconds(1'740'128'707));
    options.limits.steps = 200'000;  // so that an input stays quick
    const auto rendered = parsed->render(context, options);
    if (!rendered) return 0;
    require(rendered->text.size() <= options.limits.output_bytes);
    std::size_t end = 0;
    for (const ByteSpan& span : rendered->untrusted) {
        require(span.begin >= end && span.begin < span.end && span.end <= rendered->text.size());
        end = span.end;
    }
    return 0;
}
