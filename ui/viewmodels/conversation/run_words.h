// What the window says about a reply: while it runs, how it ended, its figures.
#pragma once

#include <QtCore/QString>
#include <QtCore/QVariant>

#include "app/conversations/message.h"
#include "app/generation/live_reply.h"

namespace deepwell::ui {

QString phase_text(const app::LiveReply& reply);   // "Reading the question 1,240 of 3,900 tokens"
QString phase_name(app::Phase phase);              // "thinking"
QString rate_text(const app::LiveReply& reply);    // "29.4 tokens/s"
QString detail_text(const app::LiveReply& reply);  // "first token after 0.31 s", "1,986 tokens"

// Of a reply that ended but not by itself; empty for a complete one.
QString ended_text(const app::Message& message);  // "Stopped by you after 312 tokens"
QString ended_icon(const app::Message& message);
// "29.4 tokens/s · 2,311 tokens · 1 min 19 s"
QString statistics_text(const app::Message& message);
std::int64_t reply_tokens(const app::Message& message);
// The box of a reply that failed or went round in circles, as ProblemBox takes it; invalid: none.
QVariant reply_problem(const app::Message& message, const std::string& loop);

}  // namespace deepwell::ui
