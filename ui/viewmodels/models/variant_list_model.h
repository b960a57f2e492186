// The models there are, with what each needs and whether it fits; the one that is chosen in the
// switcher or on the models page with its context; and the one that this conversation uses.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QAbstractListModel>
#include <QtCore/QElapsedTimer>
#include <QtCore/QUrl>
#include <map>
#include <vector>

#include "ui/viewmodels/models/variant_words.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ConversationModel;

class VariantListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    // The one in use
    Q_PROPERTY(QString currentName READ currentName NOTIFY currentChanged)
    Q_PROPERTY(QString currentQuantization READ currentQuantization NOTIFY currentChanged)
    Q_PROPERTY(QString modelState READ modelState NOTIFY
                   currentChanged)  // ready, busy, loading, unloaded, error
    Q_PROPERTY(double loadProgress READ loadProgress NOTIFY currentChanged)
    Q_PROPERTY(QString buttonText READ buttonText NOTIFY currentChanged)
    Q_PROPERTY(QString accessibleState READ accessibleState NOTIFY currentChanged)
    Q_PROPERTY(QString freeText READ freeText NOTIFY chosenChanged)
    Q_PROPERTY(bool onCard READ onCard NOTIFY chosenChanged)  // the states are those of a card
    // The chosen row
    Q_PROPERTY(int chosenRow READ chosenRow NOTIFY chosenChanged)
    Q_PROPERTY(QVariantList stops READ stops NOTIFY chosenChanged)  // [{text, tokens, fits}]
    Q_PROPERTY(int stopIndex READ stopIndex NOTIFY chosenChanged)
    Q_PROPERTY(QString contextText READ contextText NOTIFY chosenChanged)
    Q_PROPERTY(QVariantList chosenParts READ chosenParts NOTIFY chosenChanged)
    Q_PROPERTY(QVariantList chosenFigures READ chosenFigures NOTIFY chosenChanged)
    Q_PROPERTY(QVariantMap chosen READ chosen NOTIFY chosenChanged)
    Q_PROPERTY(QString primaryText READ primaryText NOTIFY chosenChanged)
    Q_PROPERTY(bool canSwitch READ canSwitch NOTIFY chosenChanged)
    // Folders
    Q_PROPERTY(
        QVariantList folders READ folders NOTIFY foldersChanged)  // [{path, state, note, fixed}]
    Q_PROPERTY(bool scanning READ scanning NOTIFY foldersChanged)
    Q_PROPERTY(QString countText READ countText NOTIFY foldersChanged)
    Q_PROPERTY(QString importText READ importText NOTIFY importChanged)

public:
    enum Role {
        Name = Qt::UserRole + 1,
        Quantization,
        SizeText,
        NeedText,
        Parts,
        FreeMark,
        StateWord,
        StateTone,
        StateIcon,
        Reason,
        Chosen,
        AccessibleName
    };

    VariantListModel(const Services& services, ConversationModel& conversation,
                     QObject* parent = nullptr);
    ~VariantListModel() override;

    const app::ModelFile* current() const;
    double loadSeconds() const { return load_seconds_; }
    // The first letter was typed: the model of this conversation is made ready.
    void loadIfNeeded();

    QString currentName() const;
    QString currentQuantization() const;
    QString modelState() const;
    double loadProgress() const { return services_.generation.model().done; }
    QString buttonText() const;
    QString accessibleState() const;
    QString freeText() const;
    bool onCard() const;
    int chosenRow() const { return chosen_; }
    QVariantList stops() const;
    int stopIndex() const;
    QString contextText() const;
    QVariantList chosenParts() const;
    QVariantList chosenFigures() const;
    QVariantMap chosen() const;
    QString primaryText() const;
    bool canSwitch() const;
    QVariantList folders() const;
    bool scanning() const { return services_.library.scanning(); }
    QString countText() const;
    QString importText() const { return import_text_; }

    // The switcher or the page opens: the row in use is chosen, needs are counted.
    Q_INVOKABLE void begin();
    Q_INVOKABLE void choose(int row);
    Q_INVOKABLE void setStop(int index);
    Q_INVOKABLE void switchTo();  // for this conversation
    Q_INVOKABLE void load();      // and as the default of new ones
    Q_INVOKABLE void unload();
    Q_INVOKABLE void rescan();
    Q_INVOKABLE void takeOut();
    Q_INVOKABLE void showFile();
    Q_INVOKABLE void addFolder(const QUrl& folder);
    Q_INVOKABLE void removeFolder(int index);
    Q_INVOKABLE void importFile(const QUrl& file);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void currentChanged();
    void chosenChanged();
    void foldersChanged();
    void importChanged();
    void importFailed(const QString& sentence);

private:
    struct Row {
        app::ModelFile model;
        int context = 0;                       // chosen for it
        std::map<int, app::MemoryNeed> needs;  // by context
        QString need_error;
    };
    void take();
    void askNeeds();
    void applyFolders();
    void imported(bool done, const QString& file);
    int conversationContext() const;
    app::VariantPlan planOf(const Row& row, int context) const;
    VariantFacts factsOf(const Row& row) const;
    bool isLoaded(const app::ModelFile& model) const;
    const Row* chosenEntry() const;
    void refresh();

    Services services_;
    ConversationModel& conversation_;
    std::vector<Row> rows_;
    int chosen_ = -1;
    bool asked_ = false;  // somebody looks: needs are counted
    bool failed_ = false;
    double load_seconds_ = 0;
    QElapsedTimer loading_since_;
    QString import_text_;
};

}  // namespace deepwell::ui
