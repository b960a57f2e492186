#include "ui/viewmodels/program/toast_model.h"

namespace deepwell::ui {

ToastModel::ToastModel(QObject* parent) : QObject(parent) {
    timer_.setSingleShot(true);
    timer_.setInterval(5000);
    connect(&timer_, &QTimer::timeout, this, &ToastModel::hide);
}

void ToastModel::say(const QString& text, const QString& icon, const QString& action_text,
                     std::function<void()> action) {
    text_ = text;
    icon_ = icon;
    action_text_ = action_text;
    action_ = std::move(action);
    if (!held_) timer_.start();
    emit changed();
}

void ToastModel::act() {
    const auto action = std::move(action_);
    hide();
    if (action) action();
}

void ToastModel::hide() {
    timer_.stop();
    text_.clear();
    action_text_.clear();
    action_ = {};
    emit changed();
}

void ToastModel::setHeld(bool held) {
    if (held_ == held) return;
    held_ = held;
    if (held_) {
        timer_.stop();
    } else if (shown()) {
        timer_.start();
    }
    emit heldChanged();
}

}  // namespace deepwell::ui
