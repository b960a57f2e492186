// The box in a reply that failed or went round in circles, as ProblemBox takes it.
#pragma once

#include <QtCore/QVariant>
#include <string>

#include "app/conversations/message.h"

namespace deepwell::ui {

// `loop`: what the guard found ("a piece of 38 tokens, 6 times"); empty where it is not known any
// more. Invalid: there is no box.
QVariant reply_problem(const app::Message& message, const std::string& loop);

}  // namespace deepwell::ui
