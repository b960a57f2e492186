// Figures as the window writes them.
#pragma once

#include <QtCore/QString>
#include <cstdint>

namespace deepwell::ui {

QString thousands_text(std::int64_t number);              // "1,204"
QString gib_text(std::uint64_t bytes, int decimals = 1);  // "8.3 GiB", below 0.1 GiB "54 MiB"
QString gib_number(std::uint64_t bytes, int decimals);    // "8.3"
QString timer_text(double ms);                            // "0:31", "1:02:07"
QString seconds_text(double ms);                          // "41 s", "1 min 19 s", "0.3 s"
QString spoken_seconds_text(double ms);                   // "41 seconds"
QString stop_text(int tokens);                            // of the context slider: "16k"

}  // namespace deepwell::ui
