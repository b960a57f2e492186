#include "app/conversations/day_groups.h"

#include <QtCore/QDateTime>

namespace deepwell::app {
namespace {

DayGroup group_of(const QDate& day, const QDate& today) {
    if (day >= today) return {DayGroup::Kind::Today};
    if (day == today.addDays(-1)) return {DayGroup::Kind::Yesterday};
    if (day >= today.addDays(1 - today.dayOfWeek())) return {DayGroup::Kind::EarlierThisWeek};
    return {DayGroup::Kind::Month, day.year(), day.month()};
}

// Larger is older.
int age(const DayGroup& group) {
    constexpr int kMonths = 12;
    if (group.kind != DayGroup::Kind::Month) return static_cast<int>(group.kind) - 1'000'000;
    return -(group.year * kMonths + group.month);
}

}  // namespace

std::vector<DayGroup> day_groups(std::span<const ConversationRow> rows, Milliseconds now,
                                 const QTimeZone& zone) {
    const auto day_of = [&](Milliseconds time) {
        return QDateTime::fromMSecsSinceEpoch(time, zone).date();
    };
    const auto today = day_of(now);
    std::vector<DayGroup> groups;
    groups.reserve(rows.size());
    std::optional<DayGroup> above;
    for (const auto& row : rows) {
        if (row.pinned) {
            groups.push_back({DayGroup::Kind::Pinned});
            continue;
        }
        const auto time = row.updated ? row.updated : row.created;
        DayGroup group =
            time ? group_of(day_of(*time), today) : above.value_or(DayGroup{DayGroup::Kind::Today});
        if (above && age(group) < age(*above)) group = *above;
        above = group;
        groups.push_back(group);
    }
    return groups;
}

}  // namespace deepwell::app
