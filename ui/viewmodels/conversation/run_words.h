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
// Above a question: "The 4 oldest messages are left out from here on".
QString left_out_text(std::size_t messages);
QString ended_icon(const app::Message& message);
// "29.4 tokens/s · 2,311 tokens · 1 min 19 s"
QString statistics_text(const app::Message& message);
std::int64_t reply_tokens(const app::Message& message);

}  // namespace deepwell::ui
