#include "ui/viewmodels/program/start_model.h"

#include "ui/viewmodels/words.h"

namespace deepwell::ui {

StartModel::StartModel(const Services& services, const CurrentVariantModel& variant,
                       QObject* parent)
    : QObject(parent), services_(services), variant_(variant) {
    connect(&variant, &CurrentVariantModel::changed, this, &StartModel::changed);
}

bool StartModel::starter() const {
    const app::ModelFile* model = variant_.file();
    return model != nullptr && model->starter;
}

bool StartModel::onCard() const {
    return services_.generation.model().card_bytes > 0;
}

QString StartModel::modelName() const {
    return variant_.name();
}

QString StartModel::line() const {
    if (variant_.file() == nullptr) {
        return tr(
            "There is no model yet. Add a folder with model files to begin; nothing you type "
            "leaves this computer.");
    }
    const QString state = variant_.state();
    const QString name = starter() ? tr("The starter model") : modelName();
    const QString where = onCard()
                              ? tr("It runs on your graphics card; nothing you type leaves this "
                                   "computer.")
                              : tr("It runs on your processor; nothing you type leaves this "
                                   "computer.");
    if (state == QLatin1String("ready") || state == QLatin1String("busy")) {
        return tr("%1 is loaded and ready. %2").arg(name, where);
    }
    if (state == QLatin1String("loading")) return tr("%1 is being loaded. %2").arg(name, where);
    return tr("%1 is loaded when you begin to write. %2").arg(name, where);
}

QString StartModel::stateWord() const {
    if (variant_.file() == nullptr) return tr("No model");
    const QString state = variant_.state();
    if (state == QLatin1String("loading")) return tr("Loading");
    if (state == QLatin1String("error")) return tr("Not loaded");
    if (state == QLatin1String("unloaded")) return tr("Not loaded");
    return tr("Ready");
}

QString StartModel::stateTone() const {
    const QString state = variant_.state();
    if (variant_.file() == nullptr || state == QLatin1String("error")) {
        return QStringLiteral("bad");
    }
    if (state == QLatin1String("ready") || state == QLatin1String("busy")) {
        return QStringLiteral("ok");
    }
    return QStringLiteral("quiet");
}

QString StartModel::stateIcon() const {
    const QString tone = stateTone();
    if (tone == QLatin1String("ok")) return QStringLiteral("check-circle");
    return tone == QLatin1String("bad") ? QStringLiteral("error") : QStringLiteral("clock");
}

QString StartModel::figures() const {
    const app::ModelFile* model = variant_.file();
    if (model == nullptr) return {};
    const QString size = gib_text(model->size, 2);
    const double seconds = variant_.loadSeconds();
    return seconds > 0 ? tr("%1 · loaded in %2 s").arg(size).arg(seconds, 0, 'f', 1) : size;
}

QString StartModel::note() const {
    if (!starter()) return {};
    const double gib =
        static_cast<double>(services_.library.free().main) / (1024.0 * 1024.0 * 1024.0);
    const QString advice = gib >= 14    ? tr("<b>R1 Distill Qwen 14B</b>, Q4_K_M (8.4 GiB)")
                           : gib >= 7   ? tr("<b>R1-0528 Qwen3 8B</b>, Q4_K_M (4.7 GiB)")
                           : gib >= 2.5 ? tr("<b>R1 Distill Qwen 1.5B</b>, Q4_K_M (1.0 GiB)")
                                        : QString();
    const QString what =
        tr("The starter is a very small model that comes with Deepwell: it does sums and shows how "
           "thinking looks.");
    return advice.isEmpty()
               ? what
               : what + QLatin1Char(' ') +
                     tr("This computer has room for a stronger one, such as %1.").arg(advice);
}

QVariantList StartModel::questions() const {
    const auto question = [](const char* icon, const QString& text) {
        return QVariantMap{{"icon", QString::fromLatin1(icon)}, {"text", text}};
    };
    if (starter() || variant_.file() == nullptr) {
        return {question("message", tr("What is 17 + 25?")),
                question("document", tr("A box holds 12 eggs. How many eggs are in 7 boxes?")),
                question("clock", tr("Which model suits this computer?"))};
    }
    return {question("message", tr("Prove that the square root of 2 is irrational, step by step")),
            question("document", tr("Find the bug in a function I paste")),
            question("clock", tr("Plan a week with four fixed appointments"))};
}

}  // namespace deepwell::ui
