#include "ui/viewmodels/conversation/conversation_model.h"

#include <utility>

#include "app/base/ids.h"
#include "app/generation/request_builder.h"
#include "ui/viewmodels/conversation/run_words.h"
#include "ui/viewmodels/models/variant_choice.h"
#include "ui/viewmodels/words.h"

namespace deepwell::ui {

ConversationModel::ConversationModel(const Services& services, QObject* parent)
    : QObject(parent),
      services_(services),
      composer_(services),
      draft_counter_(services.tokens, [this] { return draft(); }) {
    using app::GenerationService;
    GenerationService* generation = &services_.generation;
    connect(generation, &GenerationService::replyChanged, this, [this](const std::string& id) {
        if (knows(id)) applyLive();
    });
    connect(generation, &GenerationService::replyEnded, this,
            [this](const std::string& id, const std::string&) {
                if (!knows(id)) return;
                applyLive();
                load();
            });
    connect(generation, &GenerationService::sent, this, [this](const std::string& id) {
        if (conversation_.id != id) return;
        if (!sending_.isEmpty()) {
            if (fresh_) composer_.adopt(id);
            composer_.sent(sending_);
            sending_.clear();
        }
        fresh_ = false;
        messages_.setEditing({});
        applyLive();
        load();
        emit conversationChanged();
        emit sent();
    });
    connect(generation, &GenerationService::sendFailed, this,
            [this](const std::string& id, const app::Error& error) {
                emit problem(error);
                if (conversation_.id != id) return;
                sending_.clear();
                applyLive();
            });
    connect(&services_.settings, &app::SettingsFile::changed, this, [this] { refreshFigures(); });
    connect(&services_.library, &app::LibraryService::changed, this, [this] { refreshFigures(); });
    connect(generation, &GenerationService::modelChanged, this, [this] { refreshFigures(); });
    connect(&draft_counter_, &DraftCounter::counted, this, &ConversationModel::counted);
    connect(this, &ConversationModel::variantChanged, &draft_counter_, &DraftCounter::ask);
    connect(this, &ConversationModel::conversationChanged, &draft_counter_, &DraftCounter::ask);
    connect(this, &ConversationModel::loaded, &draft_counter_, &DraftCounter::ask);
    connect(&services_.settings, &app::SettingsFile::changed, &draft_counter_, &DraftCounter::ask);
    connect(&services_.library, &app::LibraryService::changed, &draft_counter_, &DraftCounter::ask);
    connect(&composer_, &ComposerModel::textChanged, this, [this] {
        draft_counter_.ask();
        composer_.setProblem({});
        if (!composer_.text().isEmpty()) emit modelNeeded();
    });
    figures_timer_.setInterval(250);
    connect(&figures_timer_, &QTimer::timeout, this, [this] {
        messages_.tick(services_.clock.now_ms());
        refreshFigures();
    });
    showFresh();
}

void ConversationModel::showFresh() {
    ++load_number_;
    const auto settings = conversation_.settings;
    conversation_ = {};
    conversation_.id = app::new_id();
    // A new conversation begins with the effort and model of the one before.
    conversation_.settings = settings;
    tree_ = {};
    fresh_ = true;
    sending_.clear();
    messages_.setEditing({});
    messages_.show({});
    composer_.turnTo(std::nullopt);
    applyLive();
    emit conversationChanged();
    emit titleChanged();
    emit variantChanged();
}

void ConversationModel::show(const app::ConversationId& id) {
    if (knows(id)) return;
    conversation_ = {};
    conversation_.id = id;
    tree_ = {};
    fresh_ = false;
    sending_.clear();
    messages_.setEditing({});
    messages_.show({});
    composer_.turnTo(id);
    load();
    emit conversationChanged();
}

void ConversationModel::load() {
    const int number = ++load_number_;
    loading_ = true;
    services_.store.load(
        conversation_.id,
        app::Done<app::Conversation>(this, [this, number](app::Result<app::Conversation> loaded) {
            if (number != load_number_) return;
            loading_ = false;
            if (!loaded) {
                emit problem(loaded.error());
                return;
            }
            take(std::move(*loaded));
        }));
}

void ConversationModel::take(app::Conversation conversation) {
    conversation_ = std::move(conversation);
    tree_ = app::MessageTree(std::move(conversation_.messages));
    conversation_.messages.clear();
    const auto view = services_.settings.values().generation.thought_view;
    messages_.setThoughtView(view);
    showPath();
    applyLive();
    if (conversation_.unread) services_.store.set_unread(conversation_.id, false, {});
    emit titleChanged();
    emit variantChanged();
    emit loaded();
}

void ConversationModel::showPath() {
    std::vector<PathMessage> path;
    const auto leaf = tree_.current_leaf(conversation_.current);
    if (leaf) {
        for (const app::Message* message : tree_.path_to(*leaf)) {
            if (message->role == app::Role::System) continue;
            const auto version = tree_.version_of(message->id);
            path.push_back(
                {*message, static_cast<int>(version.index), static_cast<int>(version.count)});
        }
    }
    messages_.show(path);
}

void ConversationModel::applyLive() {
    const app::LiveReply* live = fresh_ ? nullptr : services_.generation.live(conversation_.id);
    if (live != nullptr) {
        messages_.follow(*live, services_.clock.now_ms());
        // "Try again" began elsewhere than here: read it once.
        if (live->running() && live->phase != app::Phase::Saving &&
            messages_.find(live->ref.message) == nullptr && awaited_ != live->ref.message) {
            awaited_ = live->ref.message;
            load();
        }
    }
    const bool runs = live != nullptr && live->running();
    const QString phase = runs ? phase_name(live->phase) : QString();
    const QString text = runs ? phase_text(*live) : QString();
    composer_.setState(runs, !sending_.isEmpty());
    if (phase != phase_ || text != phase_text_) {
        const bool other_phase = phase != phase_;
        phase_ = phase;
        phase_text_ = text;
        emit phaseChanged();
        if (other_phase) refreshFigures();
    }
    if (runs && !figures_timer_.isActive()) {
        figures_timer_.start();
    } else if (!runs) {
        figures_timer_.stop();
        refreshFigures();
    }
}

void ConversationModel::refreshFigures() {
    const app::LiveReply* live = fresh_ ? nullptr : services_.generation.live(conversation_.id);
    const bool runs = live != nullptr && live->running();
    rate_text_ = runs ? rate_text(*live) : QString();
    detail_text_ = runs ? detail_text(*live) : QString();
    emit figuresChanged();

    const auto& settings = services_.settings.values();
    int effort = 2;
    double temperature = 0.6;
    std::int64_t size = 0;
    const app::ModelFile* model = model_of(conversation_, services_.library, settings);
    // Without a model the settings alone tell.
    static const app::ModelFile kNone;
    const auto resolved = app::resolve_settings(
        conversation_.settings.value_or(app::ConversationSettings{}), conversation_.system_prompt,
        settings, model != nullptr ? *model : kNone);
    effort = static_cast<int>(resolved.thinking.effort);
    temperature = resolved.sampler.temperature;
    if (model != nullptr) size = context_of(resolved.variant, *model);
    // What is really sent: the last prompt and what was written since; thoughts count while theirs
    // runs, later the template drops them.
    std::int64_t used = 0;
    if (runs) {
        used = live->prompt_tokens + reply_tokens(live->message);
        if (live->context > 0) size = live->context;
    } else if (const auto& count = draft_counter_.count()) {
        used = count->prompt;
    } else if (const app::Message* reply = messages_.lastReply()) {
        // There is nothing to count with: what the last reply took.
        if (reply->generation && reply->generation->prompt)
            used = reply->generation->prompt->tokens;
        used += reply->answer_tokens.value_or(0);
    }
    composer_.setFigures(effort, temperature, used, size);
}

QString ConversationModel::title() const {
    return conversation_.title.empty() ? tr("New conversation")
                                       : QString::fromStdString(conversation_.title);
}

bool ConversationModel::running() const {
    return !phase_.isEmpty();
}

app::MessageRef ConversationModel::ref(const QString& message) const {
    return {conversation_.id, message.toStdString()};
}

std::optional<DraftCounter::Draft> ConversationModel::draft() const {
    const auto& values = services_.settings.values();
    const app::ModelFile* model = model_of(conversation_, services_.library, values);
    const auto settings = settings_of(conversation_, services_.library, values);
    if (model == nullptr || !settings) return std::nullopt;
    app::Message question;
    question.answer = composer_.text().toStdString();
    const auto leaf = fresh_ ? std::nullopt : tree_.current_leaf(conversation_.current);
    return DraftCounter::Draft{composer_.text(),
                               app::draft_request(tree_, leaf, std::move(question), *settings),
                               context_of(settings->variant, *model)};
}

void ConversationModel::counted() {
    const auto& count = draft_counter_.count();
    const bool too_long = count && count->fit == DraftCounter::Fit::QuestionTooLong;
    composer_.setProblem(
        too_long ? tr("%1 tokens; only %2 fit")
                       .arg(thousands_text(count->question), thousands_text(count->room))
                 : QString());
    refreshFigures();
    if (std::exchange(send_when_counted_, false) && !too_long) send();
}

void ConversationModel::send() {
    const auto& count = draft_counter_.count();
    const bool known = count && count->text == composer_.text();
    if (known && count->fit == DraftCounter::Fit::HistoryTooLong && composer_.canSend()) {
        emit contextFull();
        return;
    }
    sendWith(app::Overflow::Refuse);
}

void ConversationModel::sendLeavingOut() {
    sendWith(app::Overflow::DropOldest);
}

void ConversationModel::sendTheEnd() {
    const auto& count = draft_counter_.count();
    if (!count || count->question <= 0 || count->text != composer_.text()) return;
    // Letters a token differ along a text: a tenth less is taken.
    const double share = 0.9 * static_cast<double>(count->room) / count->question;
    const auto letters = static_cast<qsizetype>(static_cast<double>(count->text.size()) * share);
    composer_.replaceText(count->text.right(letters));
    send_when_counted_ = true;
}

void ConversationModel::sendWith(app::Overflow overflow) {
    if (!composer_.canSend()) return;
    sending_ = composer_.text();
    std::optional<app::Conversation> fresh;
    std::optional<app::MessageId> parent;
    if (fresh_) {
        fresh = conversation_;
    } else {
        parent = tree_.current_leaf(conversation_.current);
    }
    app::GenerationService::Question question;
    question.text = sending_.toStdString();
    question.overflow = overflow;
    // On disk until the question is: whoever turns to another conversation now loses nothing.
    composer_.saveDraft();
    composer_.setState(false, true);
    services_.generation.send(conversation_.id, std::move(fresh), parent, std::move(question));
}

void ConversationModel::stop() {
    if (running()) services_.generation.stop(conversation_.id);
}

void ConversationModel::answerNow() {
    if (running()) services_.generation.answer_now(conversation_.id);
}

void ConversationModel::rename(const QString& title) {
    if (fresh_ || title.trimmed().isEmpty()) return;
    conversation_.title = title.trimmed().toStdString();
    services_.store.rename(conversation_.id, conversation_.title, app::TitleSource::User, {});
    emit titleChanged();
}

void ConversationModel::setSettings(const std::optional<app::ConversationSettings>& settings) {
    conversation_.settings = settings;
    if (!fresh_) {
        services_.store.set_settings(conversation_.id,
                                     settings.value_or(app::ConversationSettings{}), {});
    }
    refreshFigures();
}

void ConversationModel::setEffort(int effort) {
    if (effort < 0 || effort > 4) return;
    auto settings = conversation_.settings.value_or(app::ConversationSettings{});
    settings.thinking.emplace();
    settings.thinking->effort = static_cast<app::Effort>(effort);
    setSettings(settings);
}

void ConversationModel::cycleEffort() {
    setEffort((composer_.effort() + 1) % 5);
}

void ConversationModel::chooseVariant(const std::optional<app::VariantId>& variant, int context) {
    auto settings = conversation_.settings.value_or(app::ConversationSettings{});
    settings.variant = variant;
    settings.context = context > 0 ? std::optional<std::int64_t>(context) : std::nullopt;
    setSettings(settings);
    emit variantChanged();
}

}  // namespace deepwell::ui
