// What the window wrote about itself with --measure.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>
#include <vector>

namespace deepwell::tests {

// The whole lines of the file so far; a line that a kill cut off is left out.
inline std::vector<QJsonObject> measured(const QString& path) {
    std::vector<QJsonObject> lines;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return lines;
    const QByteArray bytes = file.readAll();
    for (const QByteArray& line : bytes.left(bytes.lastIndexOf('\n') + 1).split('\n')) {
        if (!line.isEmpty()) lines.push_back(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

inline int count_of(const std::vector<QJsonObject>& lines, const char* what) {
    int count = 0;
    for (const QJsonObject& line : lines) count += line["what"].toString() == QLatin1String(what);
    return count;
}

}  // namespace deepwell::tests
