// Markdown to blocks in the background: at most 20 times a second for one text, one request in
// flight, the newest text wins.
#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>
#include <functional>
#include <optional>

#include "app/rendering/block.h"

namespace deepwell::ui {

class BlockParser : public QObject {
    Q_OBJECT
public:
    explicit BlockParser(QObject* parent = nullptr);
    ~BlockParser() override;

    // `key` names the text; parsed() follows, maybe not for every text but for the last one.
    void request(const QString& key, const QString& text, bool still_open);
    // What is under way for `key` will not be told.
    void forget(const QString& key);

signals:
    void parsed(const QString& key, const deepwell::app::rendering::Blocks& blocks);

private:
    struct Job {
        std::optional<QString> next;  // waits
        bool next_open = false;
        bool running = false;
        QElapsedTimer since;  // the last start
        quint64 number = 0;
    };
    void start(const QString& key);
    void finish(const QString& key, quint64 number, const app::rendering::Blocks& blocks);

    QHash<QString, Job> jobs_;
    QThreadPool pool_;
    quint64 count_ = 0;
};

}  // namespace deepwell::ui
