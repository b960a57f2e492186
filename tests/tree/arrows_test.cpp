// The layers: ui → app → engine → kernels, never back, never past a layer but for plain values.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include "tests/support/test_main.h"

namespace {

const QStringList kLayers = {"kernels", "engine", "app", "ui"};

// Plain value types that may be seen from two layers up.
const QStringList kValues = {"kernels/formats/format.h", "engine/base/",
                             "engine/sampling/settings.h"};

// What is wrong with `included` (a path from the root, or a Qt header) in `file`; empty if nothing.
QString wrong_include(const QString& file, const QString& included) {
    const QString layer = file.section('/', 0, 0);
    const int from = kLayers.indexOf(layer);
    const int to = kLayers.indexOf(included.section('/', 0, 0));
    if (from < 0) return {};
    if (to < 0) {
        const bool qt = QRegularExpression("^Q[A-Zt]").match(included).hasMatch();
        if (qt && from < 2) return file + ": " + layer + " knows no Qt, but includes " + included;
        if (layer == "app" &&
            QRegularExpression("^(QtQuick|QtQml|QQuick|QQml)").match(included).hasMatch()) {
            return file + ": app knows no Qt Quick, but includes " + included;
        }
        const bool network =
            QRegularExpression("^(QtNetwork(?!/QLocal)|QNetwork|QTcp|QUdp|QSsl|QHost)")
                .match(included)
                .hasMatch();
        return network
                   ? file + ": nothing opens a network connection, but this includes " + included
                   : QString();
    }
    if (to > from) return file + ": " + layer + " may not include " + included;
    if (from - to > 1) {
        for (const QString& value : kValues) {
            if (included.startsWith(value)) return {};
        }
        return file + ": reaches past a layer for " + included;
    }
    return {};
}

// What is wrong with linking `target` in the build file `file`.
QString wrong_link(const QString& file, const QString& target) {
    const int from = kLayers.indexOf(file.section('/', 0, 0));
    const int to = kLayers.indexOf(target.section('_', 1, 1));
    if (from < 0 || to < 0) return {};
    if (to > from) return file + ": may not link " + target;
    if (from - to > 1 && target != "deepwell_kernels_formats" && target != "deepwell_engine_base") {
        return file + ": links past a layer: " + target;
    }
    return {};
}

QStringList files(const QStringList& names) {
    QStringList found;
    for (const QString& layer : kLayers) {
        QDirIterator all(QString(DEEPWELL_SOURCE_DIR "/") + layer, names, QDir::Files,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) found += all.next();
    }
    return found;
}

QString read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString relative(const QString& path) {
    return QDir(DEEPWELL_SOURCE_DIR).relativeFilePath(path);
}

}  // namespace

class ArrowsTest : public QObject {
    Q_OBJECT

private slots:
    void the_check_sees_wrong_arrows() {
        QVERIFY(!wrong_include("engine/session/session.cpp", "app/base/paths.h").isEmpty());
        QVERIFY(!wrong_include("ui/main.cpp", "engine/session/session.h").isEmpty());
        QVERIFY(!wrong_include("engine/base/result.h", "QString").isEmpty());
        QVERIFY(!wrong_include("app/base/paths.h", "QQuickItem").isEmpty());
        QVERIFY(!wrong_include("app/base/paths.h", "QNetworkAccessManager").isEmpty());
        QVERIFY(wrong_include("ui/main.cpp", "app/base/paths.h").isEmpty());
        QVERIFY(wrong_include("ui/main.cpp", "engine/base/result.h").isEmpty());
        QVERIFY(!wrong_link("engine/base/CMakeLists.txt", "deepwell_app_base").isEmpty());
        QVERIFY(!wrong_link("ui/CMakeLists.txt", "deepwell_kernels_cpu").isEmpty());
        QVERIFY(wrong_link("app/models/CMakeLists.txt", "deepwell_engine_session").isEmpty());
    }

    void includes_go_down_one_layer() {
        static const QRegularExpression include("^\\s*#\\s*include\\s*[\"<]([^\">]+)[\">]",
                                                QRegularExpression::MultilineOption);
        QStringList wrong;
        int seen = 0;
        for (const QString& path : files({"*.h", "*.cpp", "*.cu", "*.cuh"})) {
            auto matches = include.globalMatch(read(path));
            while (matches.hasNext()) {
                ++seen;
                wrong += wrong_include(relative(path), matches.next().captured(1));
            }
        }
        wrong.removeAll(QString());
        QVERIFY(seen > 0);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }

    void links_go_down_one_layer() {
        static const QRegularExpression target("deepwell_(?:kernels|engine|app|ui)[a-z_]*");
        QStringList wrong;
        for (const QString& path : files({"CMakeLists.txt"})) {
            auto matches = target.globalMatch(read(path));
            while (matches.hasNext())
                wrong += wrong_link(relative(path), matches.next().captured());
        }
        wrong.removeAll(QString());
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }
};

DEEPWELL_TEST(ArrowsTest)
#include "arrows_test.moc"
