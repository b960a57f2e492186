#include "ui/viewmodels/conversation/run_words.h"

#include <QtCore/QCoreApplication>

#include "ui/viewmodels/words.h"

namespace deepwell::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("RunWords", text);
}

}  // namespace

QString phase_name(app::Phase phase) {
    switch (phase) {
        case app::Phase::Saving:
            return QStringLiteral("saving");
        case app::Phase::Queued:
            return QStringLiteral("queued");
        case app::Phase::Loading:
            return QStringLiteral("loading");
        case app::Phase::Reading:
            return QStringLiteral("reading");
        case app::Phase::Thinking:
            return QStringLiteral("thinking");
        case app::Phase::Answering:
            return QStringLiteral("answering");
        case app::Phase::Stopping:
            return QStringLiteral("stopping");
        case app::Phase::Ended:
            break;
    }
    return QStringLiteral("ended");
}

QString phase_text(const app::LiveReply& reply) {
    switch (reply.phase) {
        case app::Phase::Saving:
        case app::Phase::Queued:
            return tr("Waiting for the model");
        case app::Phase::Loading:
            return tr("Loading model %1 %").arg(qRound(reply.load_done * 100));
        case app::Phase::Reading:
            return reply.read_total > 0
                       ? tr("Reading the question %1 of %2 tokens")
                             .arg(thousands_text(reply.read_done), thousands_text(reply.read_total))
                       : tr("Reading the question");
        case app::Phase::Thinking:
            return tr("Thinking");
        case app::Phase::Answering:
            return tr("Answering");
        case app::Phase::Stopping:
            return tr("Stopping");
        case app::Phase::Ended:
            break;
    }
    return {};
}

QString rate_text(const app::LiveReply& reply) {
    if (reply.phase != app::Phase::Thinking && reply.phase != app::Phase::Answering) return {};
    if (reply.tokens_per_second <= 0) return {};
    return tr("%1 tokens/s").arg(reply.tokens_per_second, 0, 'f', 1);
}

QString detail_text(const app::LiveReply& reply) {
    if (reply.phase == app::Phase::Thinking && reply.first_token_ms) {
        return tr("first token after %1 s").arg(*reply.first_token_ms / 1000, 0, 'f', 2);
    }
    if (reply.phase == app::Phase::Answering) {
        return tr("%1 tokens").arg(thousands_text(reply_tokens(reply.message)));
    }
    return {};
}

std::int64_t reply_tokens(const app::Message& message) {
    std::int64_t tokens = message.answer_tokens.value_or(0);
    if (message.thought) tokens += message.thought->tokens.value_or(0);
    return tokens;
}

QString ended_text(const app::Message& message) {
    const QString tokens = thousands_text(reply_tokens(message));
    switch (message.state) {
        case app::MessageState::Stopped: {
            const auto reason = message.statistics ? message.statistics->stop_reason : std::nullopt;
            if (reason == app::StopReason::MaxTokens || reason == app::StopReason::ContextFull) {
                return tr("Stopped at the limit of %1 tokens").arg(tokens);
            }
            if (reason == app::StopReason::LoopGuard) return {};
            return tr("Stopped by you after %1 tokens").arg(tokens);
        }
        case app::MessageState::Interrupted:
            return tr("Interrupted after %1 tokens").arg(tokens);
        case app::MessageState::Queued:
            return tr("Not answered yet");
        case app::MessageState::Failed:
            return reply_tokens(message) > 0 ? tr("Ended by a fault after %1 tokens").arg(tokens)
                                             : QString();
        case app::MessageState::Complete:
            break;
    }
    return {};
}

QString left_out_text(std::size_t messages) {
    return messages == 1 ? tr("The oldest message is left out from here on")
                         : tr("The %1 oldest messages are left out from here on")
                               .arg(thousands_text(static_cast<std::int64_t>(messages)));
}

QString ended_icon(const app::Message& message) {
    return message.state == app::MessageState::Failed ? QStringLiteral("error")
                                                      : QStringLiteral("stop");
}

QString statistics_text(const app::Message& message) {
    if (!message.statistics) return {};
    const auto& statistics = *message.statistics;
    const std::int64_t tokens = reply_tokens(message);
    QStringList parts;
    const double total = statistics.total_ms.value_or(0);
    const double first = statistics.first_token_ms.value_or(0);
    if (tokens > 1 && total > first) {
        const double rate = static_cast<double>(tokens) / ((total - first) / 1000.0);
        parts << tr("%1 tokens/s").arg(rate, 0, 'f', 1);
    }
    if (tokens > 0) parts << tr("%1 tokens").arg(thousands_text(tokens));
    if (total > 0) parts << seconds_text(total);
    return parts.join(QStringLiteral(" · "));
}

}  // namespace deepwell::ui
