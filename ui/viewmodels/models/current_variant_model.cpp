#include "ui/viewmodels/models/current_variant_model.h"

#include "ui/viewmodels/conversation/conversation_model.h"
#include "ui/viewmodels/models/variant_choice.h"
#include "ui/viewmodels/models/variant_words.h"

namespace deepwell::ui {

CurrentVariantModel::CurrentVariantModel(const Services& services,
                                         const ConversationModel& conversation, QObject* parent)
    : QObject(parent), services_(services), conversation_(conversation) {
    using app::GenerationService;
    connect(&services_.generation, &GenerationService::modelChanged, this,
            &CurrentVariantModel::followModel);
    connect(&services_.generation, &GenerationService::loadFailed, this,
            [this](const app::LoadFailed& failure) {
                failed_ = failure.error.code != engine::ErrorCode::Cancelled &&
                          services_.generation.model().state != app::ModelState::State::Loaded;
                refresh();
            });
    // Many times a second while a reply runs: only another state is told on.
    connect(&services_.generation, &GenerationService::replyChanged, this, [this] {
        if (findState() != state_) refresh();
    });
    connect(&conversation_, &ConversationModel::variantChanged, this,
            &CurrentVariantModel::refresh);
    connect(&services_.library, &app::LibraryService::changed, this, &CurrentVariantModel::refresh);
    connect(&services_.settings, &app::SettingsFile::changed, this, &CurrentVariantModel::refresh);
    state_ = findState();
}

void CurrentVariantModel::followModel() {
    const app::ModelState& model = services_.generation.model();
    if (model.state == app::ModelState::State::Loading) {
        if (!loading_since_.isValid()) loading_since_.start();
        failed_ = false;
    } else {
        if (model.state == app::ModelState::State::Loaded) {
            if (loading_since_.isValid()) {
                load_seconds_ = static_cast<double>(loading_since_.elapsed()) / 1000;
            }
            failed_ = false;
        }
        loading_since_.invalidate();
    }
    refresh();
}

void CurrentVariantModel::refresh() {
    state_ = findState();
    emit changed();
}

const app::ModelFile* CurrentVariantModel::file() const {
    return model_of(conversation_.value(), services_.library, services_.settings.values());
}

void CurrentVariantModel::loadIfNeeded() {
    if (services_.generation.model().state != app::ModelState::State::None || failed_) return;
    if (services_.generation.any_running()) return;
    const auto settings =
        settings_of(conversation_.value(), services_.library, services_.settings.values());
    if (settings) services_.generation.load(settings->variant);
}

void CurrentVariantModel::unload() {
    services_.generation.unload();
}

bool CurrentVariantModel::stopLoading() {
    if (services_.generation.model().state != app::ModelState::State::Loading) return false;
    services_.generation.cancel_load();
    return true;
}

QString CurrentVariantModel::name() const {
    const app::ModelFile* model = file();
    return model != nullptr ? shown_name(*model) : tr("No model");
}

QString CurrentVariantModel::quantization() const {
    const app::ModelFile* model = file();
    return model != nullptr && state_ != QLatin1String("loading")
               ? QString::fromStdString(model->quantization)
               : QString();
}

QString CurrentVariantModel::findState() const {
    const app::ModelState& model = services_.generation.model();
    if (model.state == app::ModelState::State::Loading) return QStringLiteral("loading");
    if (failed_) return QStringLiteral("error");
    if (services_.generation.any_running()) return QStringLiteral("busy");
    const app::ModelFile* mine = file();
    const bool loaded = mine != nullptr && model.state == app::ModelState::State::Loaded &&
                        model.variant.file == mine->path;
    return loaded ? QStringLiteral("ready") : QStringLiteral("unloaded");
}

QString CurrentVariantModel::buttonText() const {
    if (state_ == QLatin1String("loading")) {
        return tr("Loading %1 %").arg(qRound(loadProgress() * 100));
    }
    if (state_ == QLatin1String("error")) return tr("%1: not loaded").arg(name());
    return name();
}

QString CurrentVariantModel::accessibleState() const {
    const QString word = state_ == QLatin1String("ready")      ? tr("loaded")
                         : state_ == QLatin1String("busy")     ? tr("answering")
                         : state_ == QLatin1String("loading")  ? tr("loading")
                         : state_ == QLatin1String("unloaded") ? tr("not loaded")
                                                               : tr("could not be loaded");
    QStringList parts{name(), quantization(), word};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

}  // namespace deepwell::ui
