#include "ui/viewmodels/conversation/composer_model.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

#include "ui/viewmodels/words.h"

namespace deepwell::ui {
namespace {

constexpr int kDraftAfter = 500;  // ms after the last key
constexpr double kWarnFrom = 0.85;

}  // namespace

ComposerModel::ComposerModel(const Services& services, QObject* parent)
    : QObject(parent), services_(services) {
    draft_timer_.setSingleShot(true);
    draft_timer_.setInterval(kDraftAfter);
    connect(&draft_timer_, &QTimer::timeout, this, &ComposerModel::saveDraft);
    connect(&services_.settings, &app::SettingsFile::changed, this, &ComposerModel::changed);
}

ComposerModel::~ComposerModel() {
    saveDraft();
}

void ComposerModel::turnTo(std::optional<app::ConversationId> conversation) {
    saveDraft();
    conversation_ = std::move(conversation);
    ++turn_;
    text_.clear();
    emit textChanged();
    emit textReplaced();
    emit changed();
    loadDraft();
}

void ComposerModel::loadDraft() {
    const int turn = turn_;
    services_.store.load_draft(
        conversation_, app::Done<std::string>(this, [this, turn](app::Result<std::string> draft) {
            // What was typed meanwhile wins.
            if (turn != turn_ || !draft || !text_.isEmpty() || draft->empty()) return;
            text_ = QString::fromStdString(*draft);
            emit textChanged();
            emit textReplaced();
            emit changed();
        }));
}

void ComposerModel::adopt(const app::ConversationId& conversation) {
    conversation_ = conversation;
}

void ComposerModel::sent(const QString& text) {
    if (text_ == text) {
        text_.clear();
        emit textReplaced();
    } else if (text_.startsWith(text)) {
        text_ = text_.mid(text.size());
        emit textReplaced();
    }
    draft_timer_.stop();
    draft_dirty_ = !text_.isEmpty();
    if (draft_dirty_) draft_timer_.start();
    emit textChanged();
    emit changed();
}

void ComposerModel::setState(bool blocked, bool saving) {
    if (blocked_ == blocked && saving_ == saving) return;
    blocked_ = blocked;
    saving_ = saving;
    emit changed();
}

void ComposerModel::setProblem(const QString& problem) {
    if (problem_ == problem) return;
    problem_ = problem;
    emit changed();
}

void ComposerModel::setFigures(int effort, double temperature, std::int64_t used,
                               std::int64_t size) {
    if (effort == effort_ && temperature == temperature_ && used == used_ && size == size_) return;
    effort_ = effort;
    temperature_ = temperature;
    used_ = used;
    size_ = size;
    emit changed();
}

void ComposerModel::setText(const QString& text) {
    if (text_ == text) return;
    text_ = text;
    draft_dirty_ = true;
    draft_timer_.start();
    emit textChanged();
    emit changed();
}

void ComposerModel::replaceText(const QString& text) {
    setText(text);
    emit textReplaced();
}

void ComposerModel::type(const QString& letters) {
    replaceText(text_ + letters);
}

QString ComposerModel::clipboardText() {
    return QGuiApplication::clipboard()->text().replace(QLatin1String("\r\n"), QLatin1String("\n"));
}

void ComposerModel::saveDraft() {
    draft_timer_.stop();
    if (!draft_dirty_) return;
    draft_dirty_ = false;
    services_.store.save_draft({conversation_, text_.toStdString()});
}

QStringList ComposerModel::effortNames() {
    return {tr("Off"), tr("Short"), tr("Medium"), tr("Long"), tr("No limit")};
}

QString ComposerModel::effortText() const {
    return tr("Think: %1").arg(effortNames().value(effort_));
}

QString ComposerModel::temperatureText() const {
    return tr("Temperature %1").arg(temperature_, 0, 'g', 3);
}

QString ComposerModel::contextText() const {
    return size_ > 0 ? tr("Context %1 of %2").arg(thousands_text(used_), thousands_text(size_))
                     : QString();
}

QString ComposerModel::shortContextText() const {
    return size_ > 0 ? tr("%1 of %2").arg(thousands_text(used_), thousands_text(size_)) : QString();
}

QString ComposerModel::contextState() const {
    if (size_ <= 0) return QStringLiteral("ok");
    const double share = static_cast<double>(used_) / static_cast<double>(size_);
    if (share >= 1) return QStringLiteral("bad");
    return share >= kWarnFrom ? QStringLiteral("warn") : QStringLiteral("ok");
}

bool ComposerModel::enterSends() const {
    return services_.settings.values().composer.send_key == app::SendKey::Enter;
}

}  // namespace deepwell::ui
