// What the question that is being written would take with all that goes before it, and whether it
// fits: counted in the background, 150 ms after the last key, also while nothing is loaded.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <functional>
#include <optional>

#include "app/generation/token_counter.h"

namespace deepwell::ui {

class DraftCounter : public QObject {
    Q_OBJECT
public:
    enum class Fit { Fits, HistoryTooLong, QuestionTooLong };
    struct Count {
        QString text;  // the question that was counted
        int prompt = 0;
        int question = 0;
        int room = 0;  // tokens that a question may take at most
        Fit fit = Fit::Fits;
    };
    struct Draft {
        QString text;
        app::Request request;
        int context = 0;
    };
    // None: there is no model to count with.
    using MakeDraft = std::function<std::optional<Draft>()>;

    DraftCounter(app::TokenCounter& counter, MakeDraft make, QObject* parent = nullptr);

    // The text, the path, the model or the settings changed.
    void ask();
    const std::optional<Count>& count() const { return count_; }

signals:
    void counted();

private:
    void start();
    void take(const Draft& draft, const app::TokenCount& whole);
    void set(std::optional<Count> count);

    app::TokenCounter& counter_;
    MakeDraft make_;
    QTimer timer_;
    int number_ = 0;
    std::optional<Count> count_;
};

}  // namespace deepwell::ui
