// Renders templates for jinja2_differences.py: JSON lines {"template", "context"} in, JSON lines
// {"text"} or {"error", "message"} out.
#include <iostream>
#include <nlohmann/json.hpp>

#include "engine/prompt/chat_template/chat_template.h"

using namespace deepwell::engine;
using Json = nlohmann::ordered_json;

namespace {

Json outcome(const Json& item) {
    const auto failed = [](const TemplateError& error) {
        return Json{{"error", template_error_kind_name(error.kind)}, {"message", error.message}};
    };
    const auto parsed = ChatTemplate::parse(item["template"].get<std::string>());
    if (!parsed) return failed(parsed.error());
    RenderOptions options;
    options.allow_list_changes = false;  // as Jinja2's sandbox
    options.now = std::chrono::local_days(std::chrono::year(2025) / 2 / 21) +
                  std::chrono::hours(9) + std::chrono::minutes(5) + std::chrono::seconds(7);
    const auto rendered = parsed->render(item["context"], options);
    if (!rendered) return failed(rendered.error());
    return Json{{"text", rendered->text}};
}

}  // namespace

int main() {
    std::string line;
    while (std::getline(std::cin, line)) {
        const Json item = Json::parse(line, nullptr, false);
        if (!item.is_object()) return 1;
        std::cout << outcome(item).dump(-1, ' ', true, Json::error_handler_t::replace) << '\n';
    }
    return 0;
}
