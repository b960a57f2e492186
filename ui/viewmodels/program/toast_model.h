// Short messages at the bottom: what was done, and the way back. The newest stands; it goes after
// 5 s, later while it is hovered or focused.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <functional>

namespace deepwell::ui {

class ToastModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(bool shown READ shown NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString icon READ icon NOTIFY changed)
    Q_PROPERTY(QString actionText READ actionText NOTIFY changed)
    Q_PROPERTY(bool held READ held WRITE setHeld NOTIFY heldChanged)

public:
    explicit ToastModel(QObject* parent = nullptr);

    void say(const QString& text, const QString& icon, const QString& action_text = {},
             std::function<void()> action = {});
    Q_INVOKABLE void act();
    Q_INVOKABLE void hide();

    bool shown() const { return !text_.isEmpty(); }
    QString text() const { return text_; }
    QString icon() const { return icon_; }
    QString actionText() const { return action_text_; }
    bool held() const { return held_; }
    void setHeld(bool held);

signals:
    void changed();
    void heldChanged();

private:
    QString text_;
    QString icon_;
    QString action_text_;
    std::function<void()> action_;
    bool held_ = false;
    QTimer timer_;
};

}  // namespace deepwell::ui
