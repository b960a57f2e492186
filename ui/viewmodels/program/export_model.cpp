#include "ui/viewmodels/program/export_model.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

#include "app/exchange/exporter.h"
#include "app/exchange/file_name.h"

namespace deepwell::ui {
namespace {

constexpr std::size_t kPreviewLines = 200;

QString size_text(qsizetype bytes) {
    return bytes < 1000
               ? ExportModel::tr("%1 bytes").arg(bytes)
               : ExportModel::tr("%1 KB").arg(static_cast<double>(bytes) / 1000, 0, 'f', 1);
}

}  // namespace

ExportModel::ExportModel(const Services& services, QObject* parent)
    : QObject(parent), services_(services) {
    pool_.setMaxThreadCount(1);
    options_.thoughts = app::ThoughtsOption::Omit;
    options_.branches = app::BranchesOption::Current;
}

ExportModel::~ExportModel() {
    pool_.waitForDone();
}

void ExportModel::open(const QString& conversation) {
    id_ = conversation.toStdString();
    conversation_.reset();
    preview_.clear();
    summary_.clear();
    fail({});
    emit previewChanged();
    services_.store.list_variants(app::Done<std::vector<app::Variant>>(
        this, [this](app::Result<std::vector<app::Variant>> variants) {
            if (variants) {
                variants_ = std::make_shared<const std::vector<app::Variant>>(std::move(*variants));
            }
            refresh();
        }));
    services_.store.load(
        id_, app::Done<app::Conversation>(this, [this](app::Result<app::Conversation> loaded) {
            if (!loaded) {
                fail(QString::fromStdString(loaded.error().message));
                return;
            }
            conversation_ = std::make_shared<const app::Conversation>(std::move(*loaded));
            refresh();
        }));
}

// The whole text is made, since its size is shown; the preview is its first lines.
void ExportModel::refresh() {
    if (!conversation_ || !variants_) return;
    const int number = ++number_;
    pool_.start([this, number, conversation = conversation_, variants = variants_,
                 options = options_, now = services_.clock.now_ms()] {
        auto text = app::export_text(*conversation, *variants, options, now);
        QString preview;
        QString summary;
        QString failure;
        if (text) {
            std::size_t end = 0;
            for (std::size_t line = 0; line < kPreviewLines && end != std::string::npos; ++line) {
                end = text->find('\n', end == 0 && line == 0 ? 0 : end + 1);
            }
            preview =
                QString::fromStdString(end == std::string::npos ? *text : text->substr(0, end));
            int questions = 0;
            int answers = 0;
            for (const auto& message : conversation->messages) {
                if (message.role == app::Role::User) ++questions;
                if (message.role == app::Role::Assistant) ++answers;
            }
            summary =
                tr("%1, %2 · %3")
                    .arg(questions == 1 ? tr("1 question") : tr("%1 questions").arg(questions),
                         answers == 1 ? tr("1 answer") : tr("%1 answers").arg(answers),
                         size_text(static_cast<qsizetype>(text->size())));
        } else {
            failure = QString::fromStdString(text.error().message);
        }
        QMetaObject::invokeMethod(
            this,
            [this, number, preview, summary, failure] {
                if (number != number_) return;
                preview_ = preview;
                summary_ = summary;
                // What went wrong with saving stays until the next try.
                if (!failure.isEmpty()) fail(failure);
                emit previewChanged();
            },
            Qt::QueuedConnection);
    });
}

void ExportModel::save(const QUrl& file) {
    const QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    pool_.start([this, path, profile = services_.store.profile(), id = id_, options = options_,
                 now = services_.clock.now_ms()] {
        QString failure;
        auto snapshot = app::Snapshot::open(profile);
        if (snapshot) {
            const app::ExportSource source{*snapshot, {id}, false};
            auto report = app::export_to_file(source, options, path.toStdString(), now);
            if (!report) failure = QString::fromStdString(report.error().message);
        } else {
            failure = QString::fromStdString(snapshot.error().message);
        }
        QMetaObject::invokeMethod(
            this,
            [this, path, failure] {
                fail(failure);
                if (failure.isEmpty()) emit saved(path);
            },
            Qt::QueuedConnection);
    });
}

void ExportModel::copy() {
    if (!conversation_ || !variants_) return;
    pool_.start([this, conversation = conversation_, variants = variants_, options = options_,
                 now = services_.clock.now_ms()] {
        auto text = app::export_text(*conversation, *variants, options, now);
        const QString words = text ? QString::fromStdString(*text) : QString();
        QMetaObject::invokeMethod(
            this,
            [this, words] {
                QGuiApplication::clipboard()->setText(words);
                emit copied();
            },
            Qt::QueuedConnection);
    });
}

QString ExportModel::fileName() const {
    const std::string stem =
        app::file_stem(conversation_ ? conversation_->title : std::string("conversation"));
    return QString::fromStdString(stem) + (format() == 1 ? ".json" : ".md");
}

bool ExportModel::thoughts() const {
    return options_.thoughts.has_value() && *options_.thoughts != app::ThoughtsOption::Omit;
}

void ExportModel::setFormat(int format) {
    if (format == this->format()) return;
    options_.format = format == 1 ? app::ExportFormat::Json : app::ExportFormat::Markdown;
    // What each format is for: reading, or everything.
    options_.thoughts = format == 1 ? app::ThoughtsOption::Fold : app::ThoughtsOption::Omit;
    options_.branches = format == 1 ? app::BranchesOption::All : app::BranchesOption::Current;
    emit optionsChanged();
    emit previewChanged();
    refresh();
}

void ExportModel::setModelAndDate(bool on) {
    options_.model_and_date = on;
    emit optionsChanged();
    refresh();
}

void ExportModel::setThoughts(bool on) {
    options_.thoughts = on ? app::ThoughtsOption::Fold : app::ThoughtsOption::Omit;
    emit optionsChanged();
    refresh();
}

void ExportModel::setThoughtsInText(bool on) {
    options_.thoughts = on ? app::ThoughtsOption::Inline : app::ThoughtsOption::Fold;
    emit optionsChanged();
    refresh();
}

void ExportModel::setOtherVersions(bool on) {
    options_.branches = on ? app::BranchesOption::All : app::BranchesOption::Current;
    emit optionsChanged();
    refresh();
}

void ExportModel::setSpeedAndTokens(bool on) {
    options_.speed_and_tokens = on;
    emit optionsChanged();
    refresh();
}

void ExportModel::fail(const QString& sentence) {
    if (failure_ == sentence) return;
    failure_ = sentence;
    emit failureChanged();
}

}  // namespace deepwell::ui
