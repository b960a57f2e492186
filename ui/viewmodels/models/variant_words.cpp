#include "ui/viewmodels/models/variant_words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>
#include <algorithm>

#include "ui/viewmodels/words.h"

namespace deepwell::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("VariantWords", text);
}

bool on_card(const VariantFacts& facts) {
    return facts.free.card_total > 0 && (!facts.need || facts.need->card() > 0);
}

}  // namespace

std::uint64_t need_of(const VariantFacts& facts) {
    if (!facts.need) return 0;
    return on_card(facts) ? facts.need->card() : facts.need->main();
}

std::uint64_t free_of(const VariantFacts& facts) {
    return on_card(facts) ? facts.free.card : facts.free.main;
}

std::uint64_t total_of(const VariantFacts& facts) {
    return on_card(facts) ? facts.free.card_total : facts.free.main_total;
}

QString problem_word(const app::ModelFile& model) {
    if (!model.problem) return {};
    switch (model.problem->code) {
        case engine::ErrorCode::FileDamaged:
            return tr("Damaged");
        case engine::ErrorCode::FilePartMissing:
            return tr("Part missing");
        case engine::ErrorCode::FileNotFound:
            return tr("Not there");
        case engine::ErrorCode::NotAModelFile:
            return tr("No model file");
        case engine::ErrorCode::UnsupportedArchitecture:
        case engine::ErrorCode::UnsupportedFormat:
        case engine::ErrorCode::UnsupportedTokenizer:
            return tr("Not supported");
        default:
            return tr("Not readable");
    }
}

FitWords fit_words(const VariantFacts& facts) {
    if (facts.model != nullptr && facts.model->problem) {
        return {problem_word(*facts.model), QStringLiteral("bad"), QStringLiteral("file-broken")};
    }
    if (facts.model != nullptr && facts.model->only_vocabulary) {
        return {tr("Words only"), QStringLiteral("quiet"), QStringLiteral("info")};
    }
    if (facts.loaded) return {tr("Loaded"), QStringLiteral("ok"), QStringLiteral("check-circle")};
    if (!facts.need_error.isEmpty()) {
        return {tr("Not supported"), QStringLiteral("bad"), QStringLiteral("error")};
    }
    if (!facts.need) return {tr("Counting…"), QStringLiteral("quiet"), QStringLiteral("clock")};
    switch (app::fit_of(*facts.need, facts.free)) {
        case app::Fit::Fits:
            return {tr("Fits"), QStringLiteral("ok"), QStringLiteral("check")};
        case app::Fit::Tight:
            return {tr("Tight"), QStringLiteral("warn"), QStringLiteral("warning")};
        case app::Fit::TooLarge:
            break;
    }
    return {tr("Too large"), QStringLiteral("bad"), QStringLiteral("error")};
}

QString reason_text(const VariantFacts& facts) {
    if (facts.model == nullptr) return {};
    if (facts.model->problem) return QString::fromStdString(facts.model->problem->message);
    if (facts.model->only_vocabulary) return tr("A vocabulary without weights");
    if (!facts.need_error.isEmpty()) return facts.need_error;
    if (facts.loaded) return tr("In use");
    if (facts.wanted_context > facts.context && facts.context > 0) {
        return tr("%1 context does not fit; %2 does")
            .arg(thousands_text(facts.wanted_context), thousands_text(facts.context));
    }
    if (facts.need) {
        switch (app::fit_of(*facts.need, facts.free)) {
            case app::Fit::TooLarge:
                return tr("Needs more memory than is free");
            case app::Fit::Tight:
                return tr("Close other programs that use much memory");
            case app::Fit::Fits:
                break;
        }
    }
    if (facts.model->starter) return tr("Comes with Deepwell; does sums");
    return on_card(facts) ? tr("All layers on the card") : tr("Runs on the processor");
}

QVariantList bar_parts(const VariantFacts& facts) {
    if (!facts.need) return {};
    const double total = static_cast<double>(std::max<std::uint64_t>(1, total_of(facts)));
    const double limit = static_cast<double>(free_of(facts)) / total;
    const bool card = on_card(facts);
    const std::uint64_t sizes[] = {card ? facts.need->card_weights : facts.need->weights,
                                   card ? facts.need->card_cache : facts.need->cache,
                                   card ? facts.need->card_workspace : facts.need->workspace};
    static constexpr const char* kKinds[] = {"weights", "cache", "work"};
    QVariantList parts;
    double at = 0;
    const auto add = [&](const char* kind, double share) {
        if (share > 0) parts << QVariantMap{{"kind", QString::fromLatin1(kind)}, {"share", share}};
    };
    for (std::size_t i = 0; i < 3; ++i) {
        const double share = static_cast<double>(sizes[i]) / total;
        const double inside = std::clamp(limit - at, 0.0, share);
        add(kKinds[i], std::min(inside, 1.0 - at));
        if (share > inside)
            add("beyond", std::min(share - inside, std::max(0.0, 1.0 - at - inside)));
        at = std::min(1.0, at + share);
    }
    return parts;
}

QVariantList figure_rows(const VariantFacts& facts) {
    if (!facts.need) return {};
    const bool card = on_card(facts);
    const auto row = [](const char* kind, const QString& name, std::uint64_t bytes, bool unit) {
        return QVariantMap{
            {"kind", QString::fromLatin1(kind)},
            {"name", name},
            {"value", unit || bytes < (1ull << 27) ? gib_text(bytes, 2) : gib_number(bytes, 2)}};
    };
    const std::uint64_t need = need_of(facts);
    const std::uint64_t free = free_of(facts) > need ? free_of(facts) - need : 0;
    return {
        row("weights", tr("Weights"), card ? facts.need->card_weights : facts.need->weights, false),
        row("cache", tr("Cache"), card ? facts.need->card_cache : facts.need->cache, false),
        row("work", tr("Workspace"), card ? facts.need->card_workspace : facts.need->workspace,
            false),
        row("free", tr("Free"), free, true)};
}

QString shown_name(const app::ModelFile& model) {
    static const QRegularExpression ending(QStringLiteral("\\.gguf$"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression quantization(
        QStringLiteral("[-_. ]+(?:I?Q\\d+(?:_[A-Z0-9]+)*|BF16|F16|F32|MXFP4)$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression maker(QStringLiteral("^(?:deepseek(?:[- ]ai)?[-_ /]+)+(?=\\S)"),
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression dated(QStringLiteral("\\bR1 (\\d{4})\\b"));
    QString name = QString::fromStdString(model.name);
    name.remove(ending);
    name.remove(quantization);
    name.remove(maker);
    name = name.replace('-', ' ').simplified();
    name.replace(dated, QStringLiteral("R1-\\1"));
    return name.isEmpty() ? QString::fromStdString(model.name) : name;
}

QVariantMap detail_map(const VariantFacts& facts) {
    const FitWords words = fit_words(facts);
    const app::ModelFile& model = *facts.model;
    const bool fit = words.tone == QLatin1String("ok") || words.tone == QLatin1String("warn");
    QStringList architecture{QString::fromStdString(model.architecture)};
    if (model.layers > 0) architecture << tr("%1 layers").arg(model.layers);
    if (model.parameters >= 100'000'000) {
        architecture << tr("%1 B").arg(static_cast<double>(model.parameters) / 1e9, 0, 'f', 1);
    } else if (model.parameters > 0) {
        architecture << tr("%1 M").arg(static_cast<double>(model.parameters) / 1e6, 0, 'f', 1);
    }
    return {{"name", shown_name(model)},
            {"quantization", QString::fromStdString(model.quantization)},
            {"usable", model.usable()},
            {"loaded", facts.loaded},
            {"word", fit && !facts.loaded
                         ? tr("%1 at %2 context").arg(words.word, thousands_text(facts.context))
                         : words.word},
            {"tone", words.tone},
            {"icon", words.icon},
            {"reason", reason_text(facts)},
            {"memoryTitle", facts.free.card_total > 0 ? tr("Graphics memory") : tr("Main memory")},
            {"need", facts.need ? gib_number(need_of(facts), 2) : QString()},
            {"free", tr("of %1 GiB free").arg(gib_number(free_of(facts), 2))},
            {"architecture", architecture.join(QStringLiteral(" · "))},
            {"trained", model.context_trained > 0
                            ? tr("%1 tokens").arg(thousands_text(model.context_trained))
                            : QString()},
            {"licence", QString::fromStdString(model.licence)},
            {"file", QString::fromStdString(model.path.filename().string())},
            {"starter", model.starter},
            {"check", model.problem ? problem_word(model) : tr("Complete")}};
}

QString accessible_text(const VariantFacts& facts) {
    const QString name = shown_name(*facts.model);
    const QString word = fit_words(facts).word;
    return facts.need ? tr("%1, needs %2, %3").arg(name, gib_text(need_of(facts)), word)
                      : tr("%1, %2").arg(name, word);
}

QString size_label(const app::ModelFile& model) {
    static const QRegularExpression pattern(QStringLiteral("\\b(\\d+(\\.\\d+)?[BbMm])\\b"));
    const auto match = pattern.match(QString::fromStdString(model.name));
    if (match.hasMatch()) return match.captured(1).toUpper();
    return shown_name(model);
}

}  // namespace deepwell::ui
