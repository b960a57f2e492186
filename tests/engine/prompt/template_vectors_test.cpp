// Chat templates against Jinja2's own output: every published template of the family, and the
// language itself.
#include <QFile>
#include <nlohmann/json.hpp>

#include "engine/prompt/continued_render.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell;
using namespace deepwell::engine;
using Json = nlohmann::ordered_json;

namespace {

std::string read(const std::filesystem::path& path) {
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

struct Outcome {
    std::string text;
    std::string error_kind;
    std::string error_message;
};

Outcome run_case(const Json& item, const std::filesystem::path& templates) {
    const std::string text = item.contains("template_text")
                                 ? item["template_text"].get<std::string>()
                                 : read(templates / item["template"].get<std::string>());
    Json context;
    if (item.contains("template_text")) {
        context = item.value("context", Json::object());
    } else {
        const Json options = item.value("options", Json::object());
        context["messages"] = item["messages"];
        context["tools"] = nullptr;
        context["documents"] = nullptr;
        context["add_generation_prompt"] = false;
        for (const auto& [key, value] : options.items()) context[key] = value;
    }
    const bool continued =
        item.value("continue_final_message", false) ||
        (item.contains("options") && item["options"].value("continue_final_message", false));
    context.erase("continue_final_message");
    const auto parsed = ChatTemplate::parse(text);
    if (!parsed) {
        return {
            {}, std::string(template_error_kind_name(parsed.error().kind)), parsed.error().message};
    }
    RenderOptions options;
    options.allow_list_changes = false;
    options.now = std::chrono::local_days(std::chrono::year(2025) / 2 / 21) +
                  std::chrono::hours(9) + std::chrono::minutes(5) + std::chrono::seconds(7);
    const auto rendered =
        continued ? render_continued(*parsed, context, options) : parsed->render(context, options);
    if (!rendered) {
        return {{},
                std::string(template_error_kind_name(rendered.error().kind)),
                rendered.error().message};
    }
    return {rendered->text, {}, {}};
}

}  // namespace

class TemplateVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void every_case_equals_jinja2() {
        const auto shared = tests::shared_dir();
        const auto file = shared.empty() ? tests::data_dir() / "prompt" / "template_cases.json"
                                         : shared / "facts" / "chat_vectors.json";
        const Json cases = Json::parse(read(file))["cases"];
        QVERIFY(cases.size() >= 40);
        int wrong = 0;
        for (const Json& item : cases) {
            const Outcome outcome = run_case(item, shared / "facts" / "templates");
            std::string problem;
            if (item.contains("expected_error")) {
                const Json& error = item["expected_error"];
                if (outcome.error_kind != error["kind"].get<std::string>()) {
                    problem = "kind \"" + outcome.error_kind + "\" (" + outcome.error_message +
                              "), expected " + error.dump();
                } else if (outcome.error_kind == "raise_exception" &&
                           outcome.error_message != error["message"].get<std::string>()) {
                    problem = "message " + outcome.error_message;
                }
            } else if (!outcome.error_kind.empty()) {
                problem = outcome.error_kind + ": " + outcome.error_message;
            } else if (outcome.text != item["expected"].get<std::string>()) {
                problem = "\n  is       " + Json(outcome.text).dump() + "\n  expected " +
                          item["expected"].dump();
            }
            if (problem.empty()) continue;
            if (++wrong <= 20)
                qWarning("%s: %s", item["name"].get<std::string>().c_str(), problem.c_str());
        }
        QCOMPARE(wrong, 0);
    }
};

DEEPWELL_TEST(TemplateVectorsTest)
#include "template_vectors_test.moc"
