#include "ui/viewmodels/words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace deepwell::ui {
namespace {

constexpr double kGib = 1024.0 * 1024.0 * 1024.0;

QString tr(const char* text) {
    return QCoreApplication::translate("Words", text);
}

}  // namespace

QString thousands_text(std::int64_t number) {
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(number));
}

QString gib_number(std::uint64_t bytes, int decimals) {
    return QString::number(static_cast<double>(bytes) / kGib, 'f', decimals);
}

QString gib_text(std::uint64_t bytes, int decimals) {
    if (static_cast<double>(bytes) < 0.1 * kGib) {
        return tr("%1 MiB").arg(qRound(static_cast<double>(bytes) / (1024.0 * 1024.0)));
    }
    return tr("%1 GiB").arg(gib_number(bytes, decimals));
}

QString timer_text(double ms) {
    const auto seconds = static_cast<std::int64_t>(ms / 1000);
    const QString tail = QStringLiteral("%1").arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds < 3600) return QStringLiteral("%1:%2").arg(seconds / 60).arg(tail);
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600)
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(tail);
}

QString seconds_text(double ms) {
    if (ms < 9950) {
        return ms < 950 ? tr("%1 s").arg(ms / 1000, 0, 'f', 1) : tr("%1 s").arg(qRound(ms / 1000));
    }
    const auto seconds = static_cast<std::int64_t>(ms / 1000 + 0.5);
    if (seconds < 60) return tr("%1 s").arg(seconds);
    return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString spoken_seconds_text(double ms) {
    const auto seconds = static_cast<std::int64_t>(ms / 1000 + 0.5);
    if (seconds < 60) return tr("%1 seconds").arg(seconds);
    return tr("%1 minutes %2 seconds").arg(seconds / 60).arg(seconds % 60);
}

QString stop_text(int tokens) {
    return tokens >= 1024 && tokens % 1024 == 0 ? QStringLiteral("%1k").arg(tokens / 1024)
                                                : QString::number(tokens);
}

}  // namespace deepwell::ui
