// The export dialog: format, what goes in, a live preview, and the file.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QThreadPool>
#include <QtCore/QUrl>
#include <memory>

#include "app/exchange/exchange_values.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ExportModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(int format READ format WRITE setFormat NOTIFY optionsChanged)  // Markdown, JSON
    Q_PROPERTY(bool modelAndDate READ modelAndDate WRITE setModelAndDate NOTIFY optionsChanged)
    Q_PROPERTY(bool thoughts READ thoughts WRITE setThoughts NOTIFY optionsChanged)
    Q_PROPERTY(
        bool thoughtsInText READ thoughtsInText WRITE setThoughtsInText NOTIFY optionsChanged)
    Q_PROPERTY(bool otherVersions READ otherVersions WRITE setOtherVersions NOTIFY optionsChanged)
    Q_PROPERTY(
        bool speedAndTokens READ speedAndTokens WRITE setSpeedAndTokens NOTIFY optionsChanged)
    Q_PROPERTY(QString preview READ preview NOTIFY previewChanged)
    Q_PROPERTY(QString summary READ summary NOTIFY previewChanged)
    Q_PROPERTY(QString fileName READ fileName NOTIFY previewChanged)
    Q_PROPERTY(QString failure READ failure NOTIFY failureChanged)

public:
    explicit ExportModel(const Services& services, QObject* parent = nullptr);
    ~ExportModel() override;

    Q_INVOKABLE void open(const QString& conversation);
    Q_INVOKABLE void save(const QUrl& file);
    Q_INVOKABLE void copy();

    int format() const { return options_.format == app::ExportFormat::Json ? 1 : 0; }
    void setFormat(int format);
    bool modelAndDate() const { return options_.model_and_date; }
    void setModelAndDate(bool on);
    bool thoughts() const;
    void setThoughts(bool on);
    bool thoughtsInText() const { return options_.thoughts == app::ThoughtsOption::Inline; }
    void setThoughtsInText(bool on);
    bool otherVersions() const { return options_.branches == app::BranchesOption::All; }
    void setOtherVersions(bool on);
    bool speedAndTokens() const { return options_.speed_and_tokens; }
    void setSpeedAndTokens(bool on);
    QString preview() const { return preview_; }
    QString summary() const { return summary_; }
    QString fileName() const;
    QString failure() const { return failure_; }

signals:
    void optionsChanged();
    void previewChanged();
    void failureChanged();
    void saved(const QString& file);
    void copied();

private:
    void refresh();
    void fail(const QString& sentence);

    Services services_;
    app::ConversationId id_;
    std::shared_ptr<const app::Conversation> conversation_;
    std::shared_ptr<const std::vector<app::Variant>> variants_;
    app::ExportOptions options_;
    QString preview_;
    QString summary_;
    QString failure_;
    int number_ = 0;
    QThreadPool pool_;
};

}  // namespace deepwell::ui
