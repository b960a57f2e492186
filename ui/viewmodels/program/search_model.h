// Search over all conversations: hits by conversation, with the words around them.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QAbstractListModel>
#include <QtCore/QTimer>
#include <QtGui/QColor>
#include <vector>

#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class SearchModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(bool questions READ questions WRITE setQuestions NOTIFY filtersChanged)
    Q_PROPERTY(bool answers READ answers WRITE setAnswers NOTIFY filtersChanged)
    Q_PROPERTY(bool thoughts READ thoughts WRITE setThoughts NOTIFY filtersChanged)
    Q_PROPERTY(QString summary READ summary NOTIFY found)
    Q_PROPERTY(QString emptyText READ emptyText NOTIFY found)
    // Something was asked for that has no answer yet.
    Q_PROPERTY(bool pending READ pending NOTIFY found)
    Q_PROPERTY(QColor hitColor MEMBER hit_ NOTIFY colorsChanged)
    Q_PROPERTY(QColor hitTextColor MEMBER hit_text_ NOTIFY colorsChanged)

public:
    enum Role {
        Id = Qt::UserRole + 1,
        Message,
        Title,
        Section,
        Snippet,
        Icon,
        PlaceText,
        AccessibleName
    };

    explicit SearchModel(const Services& services, QObject* parent = nullptr);

    QString text() const { return text_; }
    void setText(const QString& text);
    bool questions() const { return query_.questions; }
    bool answers() const { return query_.answers; }
    bool thoughts() const { return query_.thoughts; }
    void setQuestions(bool on);
    void setAnswers(bool on);
    void setThoughts(bool on);
    bool pending() const { return pending_; }
    // Does not wait for a further letter.
    Q_INVOKABLE void hurry();
    QString summary() const;
    QString emptyText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void textChanged();
    void filtersChanged();
    void found();
    void colorsChanged();

private:
    void askSoon();
    void ask();
    QString snippetHtml(const app::SearchHit& hit) const;

    Services services_;
    QString text_;
    app::SearchQuery query_;
    std::vector<app::SearchHit> hits_;
    bool answered_ = false;
    bool pending_ = false;
    int number_ = 0;
    QTimer timer_;
    QColor hit_;
    QColor hit_text_;
};

}  // namespace deepwell::ui
