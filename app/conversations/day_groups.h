// The sidebar's groups. Rows stand in the order of their sequence; a row's group is never newer
// than that of the row above, so a clock that jumped changes no order.
#pragma once

#include <QtCore/QTimeZone>
#include <span>
#include <vector>

#include "app/conversations/conversation.h"

namespace deepwell::app {

struct DayGroup {
    enum class Kind { Pinned, Today, Yesterday, EarlierThisWeek, Month };
    Kind kind = Kind::Today;
    int year = 0;   // of Month
    int month = 0;  // of Month, 1 … 12

    bool operator==(const DayGroup&) const = default;
};

// One group a row, by the time of its last change. `rows`: pinned ones first, then by falling
// order.
std::vector<DayGroup> day_groups(std::span<const ConversationRow> rows, Milliseconds now,
                                 const QTimeZone& zone);

}  // namespace deepwell::app
