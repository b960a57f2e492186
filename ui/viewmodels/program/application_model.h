// The window's root: which page is shown, which conversation, and everything else that it needs.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>

#include "ui/viewmodels/conversation/conversation_model.h"
#include "ui/viewmodels/models/current_variant_model.h"
#include "ui/viewmodels/models/device_model.h"
#include "ui/viewmodels/models/generation_settings_model.h"
#include "ui/viewmodels/models/model_folders_model.h"
#include "ui/viewmodels/models/model_problems.h"
#include "ui/viewmodels/models/settings_model.h"
#include "ui/viewmodels/models/variant_list_model.h"
#include "ui/viewmodels/models/variant_switch.h"
#include "ui/viewmodels/program/announcements.h"
#include "ui/viewmodels/program/conversation_list_model.h"
#include "ui/viewmodels/program/export_model.h"
#include "ui/viewmodels/program/problem_model.h"
#include "ui/viewmodels/program/search_model.h"
#include "ui/viewmodels/program/start_model.h"
#include "ui/viewmodels/program/store_problems.h"
#include "ui/viewmodels/program/toast_model.h"

namespace deepwell::ui {

class ApplicationModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString page READ page NOTIFY pageChanged)  // conversation, search, settings
    Q_PROPERTY(QString settingsPage READ settingsPage NOTIFY pageChanged)
    Q_PROPERTY(deepwell::ui::ConversationListModel* conversations READ conversations CONSTANT)
    Q_PROPERTY(deepwell::ui::ConversationModel* conversation READ conversation CONSTANT)
    Q_PROPERTY(deepwell::ui::CurrentVariantModel* variant READ variant CONSTANT)
    Q_PROPERTY(deepwell::ui::VariantListModel* variants READ variants CONSTANT)
    Q_PROPERTY(deepwell::ui::ModelFoldersModel* folders READ folders CONSTANT)
    Q_PROPERTY(deepwell::ui::DeviceModel* device READ device CONSTANT)
    Q_PROPERTY(deepwell::ui::SettingsModel* settings READ settings CONSTANT)
    Q_PROPERTY(deepwell::ui::GenerationSettingsModel* generation READ generation CONSTANT)
    Q_PROPERTY(deepwell::ui::ProblemModel* problems READ problems CONSTANT)
    Q_PROPERTY(deepwell::ui::ToastModel* toasts READ toasts CONSTANT)
    Q_PROPERTY(deepwell::ui::SearchModel* search READ search CONSTANT)
    Q_PROPERTY(deepwell::ui::ExportModel* exporting READ exporting CONSTANT)
    Q_PROPERTY(deepwell::ui::StartModel* start READ start CONSTANT)
    // The newest thing that people are told who do not see the window.
    Q_PROPERTY(QString announcement READ announcement NOTIFY announcementChanged)
    Q_PROPERTY(QString version READ version CONSTANT)

public:
    explicit ApplicationModel(const Services& services, QObject* parent = nullptr);
    ~ApplicationModel() override;

    // After the store has opened: the list, and what the opening has to tell.
    void begin(const app::OpenReport& report);
    void storeFailed(const app::Error& error);

    QString page() const { return page_; }
    QString settingsPage() const { return settings_page_; }
    ConversationListModel* conversations() { return &conversations_; }
    ConversationModel* conversation() { return &conversation_; }
    CurrentVariantModel* variant() { return &variant_; }
    VariantListModel* variants() { return &variants_; }
    ModelFoldersModel* folders() { return &folders_; }
    DeviceModel* device() { return &device_; }
    SettingsModel* settings() { return &settings_; }
    GenerationSettingsModel* generation() { return &generation_; }
    ProblemModel* problems() { return &problems_; }
    ToastModel* toasts() { return &toasts_; }
    SearchModel* search() { return &search_; }
    ExportModel* exporting() { return &export_; }
    StartModel* start() { return &start_; }
    QString announcement() const { return announcements_.text(); }
    QString version() const { return QStringLiteral("0.1.0"); }

    Q_INVOKABLE void newConversation();
    Q_INVOKABLE void open(const QString& id);
    Q_INVOKABLE void openNeighbour(int step);
    Q_INVOKABLE void openHit(const QString& id, const QString& message);
    Q_INVOKABLE void removeConversation(const QString& id);
    Q_INVOKABLE void removeCurrent();
    Q_INVOKABLE void showSettings(const QString& page);
    Q_INVOKABLE void showSearch();
    // Settings and search give way to the conversation. False: there was nothing to leave.
    Q_INVOKABLE bool goBack();
    // Esc: leaves a page, else stops the reply, else the loading of a model.
    Q_INVOKABLE void escape();
    Q_INVOKABLE void quit();

signals:
    void pageChanged();
    void announcementChanged();
    void switcherRequested();
    void exportRequested();
    void importRequested();  // a model file is to be chosen
    void reopenRequested();  // the store
    void messageRequested(const QString& message);
    void quitRequested();

private:
    void setPage(const QString& page, const QString& settings_page = {});
    void connectConversation();
    void connectProblems();
    void showWanted();
    void askAboutContext();
    void askElsewhere(const QString& question);

    Services services_;
    ProblemModel problems_;
    ToastModel toasts_;
    ConversationListModel conversations_;
    ConversationModel conversation_;
    StoreProblems store_problems_;
    VariantSwitch switch_;
    ModelProblems model_problems_;
    CurrentVariantModel variant_;
    VariantListModel variants_;
    ModelFoldersModel folders_;
    DeviceModel device_;
    SettingsModel settings_;
    GenerationSettingsModel generation_;
    SearchModel search_;
    ExportModel export_;
    StartModel start_;
    Announcements announcements_;
    QString page_ = QStringLiteral("conversation");
    QString settings_page_ = QStringLiteral("models");
    QString wanted_message_;
};

}  // namespace deepwell::ui
