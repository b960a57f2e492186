#include "ui/viewmodels/program/search_model.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <algorithm>
#include <set>

namespace deepwell::ui {
namespace {

constexpr int kAfter = 150;  // ms after the last key

// One letter is a word in scripts without spaces.
bool long_enough(const QString& text) {
    const QString trimmed = text.trimmed();
    if (trimmed.size() >= 2) return true;
    return !trimmed.isEmpty() && trimmed.at(0).unicode() >= 0x2E80;
}

QString hits_text(std::size_t count) {
    return count == 1 ? SearchModel::tr("1 hit") : SearchModel::tr("%1 hits").arg(count);
}

}  // namespace

SearchModel::SearchModel(const Services& services, QObject* parent)
    : QAbstractListModel(parent), services_(services) {
    timer_.setSingleShot(true);
    timer_.setInterval(kAfter);
    connect(&timer_, &QTimer::timeout, this, &SearchModel::ask);
    connect(this, &SearchModel::colorsChanged, this, [this] {
        if (!hits_.empty()) emit dataChanged(index(0), index(rowCount() - 1), {Snippet});
    });
}

void SearchModel::setText(const QString& text) {
    if (text_ == text) return;
    text_ = text;
    askSoon();
    emit textChanged();
}

void SearchModel::setQuestions(bool on) {
    query_.questions = on;
    askSoon();
    emit filtersChanged();
}

void SearchModel::setAnswers(bool on) {
    query_.answers = on;
    askSoon();
    emit filtersChanged();
}

void SearchModel::setThoughts(bool on) {
    query_.thoughts = on;
    askSoon();
    emit filtersChanged();
}

void SearchModel::askSoon() {
    pending_ = true;
    timer_.start();
}

void SearchModel::hurry() {
    if (!timer_.isActive()) return;
    timer_.stop();
    ask();
}

void SearchModel::ask() {
    const int number = ++number_;
    const auto take = [this](std::vector<app::SearchHit> hits) {
        // By conversation, in the order of each one's first hit.
        std::vector<std::string> order;
        for (const auto& hit : hits) {
            if (std::find(order.begin(), order.end(), hit.where.conversation) == order.end()) {
                order.push_back(hit.where.conversation);
            }
        }
        std::stable_sort(hits.begin(), hits.end(), [&](const auto& a, const auto& b) {
            return std::find(order.begin(), order.end(), a.where.conversation) <
                   std::find(order.begin(), order.end(), b.where.conversation);
        });
        beginResetModel();
        hits_ = std::move(hits);
        endResetModel();
        pending_ = false;
        emit found();
    };
    if (!long_enough(text_)) {
        answered_ = false;
        take({});
        return;
    }
    query_.text = text_.trimmed().toStdString();
    services_.store.search(
        query_, app::Done<std::vector<app::SearchHit>>(
                    this, [this, number, take](app::Result<std::vector<app::SearchHit>> hits) {
                        if (number != number_) return;
                        answered_ = true;
                        take(hits ? std::move(*hits) : std::vector<app::SearchHit>{});
                    }));
}

QString SearchModel::summary() const {
    if (hits_.empty()) return {};
    std::set<std::string> conversations;
    for (const auto& hit : hits_) conversations.insert(hit.where.conversation);
    const QString hits = hits_text(hits_.size());
    return conversations.size() == 1
               ? tr("%1 in 1 conversation").arg(hits)
               : tr("%1 in %2 conversations").arg(hits).arg(conversations.size());
}

QString SearchModel::emptyText() const {
    if (!hits_.empty()) return {};
    if (!answered_) return tr("Type at least two letters.");
    return query_.thoughts ? tr("Nothing found for “%1”. Check the spelling.").arg(text_.trimmed())
                           : tr("Nothing found for “%1”. Check the spelling or include thoughts.")
                                 .arg(text_.trimmed());
}

QString SearchModel::snippetHtml(const app::SearchHit& hit) const {
    const std::string& text = hit.snippet;
    QString html;
    std::size_t at = 0;
    for (const auto& match : hit.matches) {
        if (match.start < at || match.start + match.length > text.size()) continue;
        html += QString::fromStdString(text.substr(at, match.start - at)).toHtmlEscaped();
        html +=
            QStringLiteral("<span style=\"background-color:%1;color:%2\">%3</span>")
                .arg(
                    hit_.name(), hit_text_.name(),
                    QString::fromStdString(text.substr(match.start, match.length)).toHtmlEscaped());
        at = match.start + match.length;
    }
    html += QString::fromStdString(text.substr(at)).toHtmlEscaped();
    // Qt's rich text has no line height but that of its paragraphs: 22 px at letters of 14.
    return QStringLiteral("<p style=\"line-height:130%\">%1</p>").arg(html);
}

int SearchModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(hits_.size());
}

QVariant SearchModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const app::SearchHit& hit = hits_[static_cast<std::size_t>(index.row())];
    const auto place = [&] {
        switch (hit.place) {
            case app::SearchHit::Place::Title:
                return tr("Title");
            case app::SearchHit::Place::Question:
                return tr("Question");
            case app::SearchHit::Place::Thought:
                return tr("Thought");
            case app::SearchHit::Place::Answer:
                break;
        }
        return tr("Answer");
    };
    switch (role) {
        case Id:
            return QString::fromStdString(hit.where.conversation);
        case Message:
            return QString::fromStdString(hit.where.message);
        case Title:
            return QString::fromStdString(hit.title);
        case Section:
            // The id keeps two conversations of one title apart.
            return QString::fromStdString(hit.where.conversation + "\n" + hit.title + "\n") +
                   hits_text(static_cast<std::size_t>(
                       std::count_if(hits_.begin(), hits_.end(), [&](const app::SearchHit& each) {
                           return each.where.conversation == hit.where.conversation;
                       })));
        case Snippet:
            return snippetHtml(hit);
        case Icon:
            return hit.place == app::SearchHit::Place::Question  ? QStringLiteral("message")
                   : hit.place == app::SearchHit::Place::Thought ? QStringLiteral("effort")
                                                                 : QStringLiteral("document");
        case PlaceText: {
            if (!hit.created) return place();
            const QDateTime time = QDateTime::fromMSecsSinceEpoch(*hit.created);
            const QString when = time.date() == QDate::currentDate()
                                     ? tr("today, %1").arg(time.toString(QStringLiteral("HH:mm")))
                                     : QLocale(QLocale::English)
                                           .toString(time.date(), QStringLiteral("d MMMM yyyy"));
            return tr("%1 · %2").arg(place(), when);
        }
        case AccessibleName:
            return tr("%1, %2: %3")
                .arg(QString::fromStdString(hit.title), place(),
                     QString::fromStdString(hit.snippet));
        default:
            return {};
    }
}

QHash<int, QByteArray> SearchModel::roleNames() const {
    return {{Id, "conversationId"},   {Message, "messageId"},
            {Title, "title"},         {Section, "section"},
            {Snippet, "snippet"},     {Icon, "iconName"},
            {PlaceText, "placeText"}, {AccessibleName, "accessibleName"}};
}

}  // namespace deepwell::ui
