// Names the static QML modules to the engine: among the sources of every program that shows a page.
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(Deepwell_TextPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_ViewModelsPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_BlocksPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_ConversationPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_SidebarPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_ComposerPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_SettingsPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_DialogsPlugin)
Q_IMPORT_QML_PLUGIN(Deepwell_WindowPlugin)
