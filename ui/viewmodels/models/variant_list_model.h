// The models there are, with what each needs and whether it fits; and the one that is chosen in the
// switcher or on the models page, with the way it would be loaded: context, cache, layers.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QAbstractListModel>
#include <functional>
#include <vector>

#include "ui/viewmodels/models/variant_switch.h"
#include "ui/viewmodels/models/variant_words.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ConversationModel;

class VariantListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(QString freeText READ freeText NOTIFY chosenChanged)
    Q_PROPERTY(bool onCard READ onCard NOTIFY chosenChanged)  // the states are those of a card
    // The chosen row
    Q_PROPERTY(int chosenRow READ chosenRow NOTIFY chosenChanged)
    Q_PROPERTY(QVariantMap chosen READ chosen NOTIFY chosenChanged)
    Q_PROPERTY(QVariantList chosenParts READ chosenParts NOTIFY chosenChanged)
    Q_PROPERTY(QVariantList chosenFigures READ chosenFigures NOTIFY chosenChanged)
    Q_PROPERTY(QVariantList stops READ stops NOTIFY chosenChanged)  // [{text, tokens, fits}]
    Q_PROPERTY(int stopIndex READ stopIndex NOTIFY chosenChanged)
    Q_PROPERTY(QString contextText READ contextText NOTIFY chosenChanged)
    Q_PROPERTY(int cache READ cache NOTIFY chosenChanged)    // 16 bit, 8 bit
    Q_PROPERTY(int layers READ layers NOTIFY chosenChanged)  // 0: there is no card
    Q_PROPERTY(int cardLayers READ cardLayers NOTIFY chosenChanged)
    Q_PROPERTY(QString primaryText READ primaryText NOTIFY chosenChanged)
    Q_PROPERTY(bool canSwitch READ canSwitch NOTIFY chosenChanged)

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

    VariantListModel(const Services& services, const ConversationModel& conversation,
                     VariantSwitch& switcher, QObject* parent = nullptr);

    QString freeText() const;
    bool onCard() const;
    int chosenRow() const { return chosen_; }
    QVariantMap chosen() const;
    QVariantList chosenParts() const;
    QVariantList chosenFigures() const;
    QVariantList stops() const;
    int stopIndex() const;
    QString contextText() const;
    int cache() const;
    int layers() const;
    int cardLayers() const;
    QString primaryText() const;
    bool canSwitch() const;

    // The switcher or the page opens: the row in use is chosen, needs are counted.
    Q_INVOKABLE void begin();
    Q_INVOKABLE void choose(int row);
    Q_INVOKABLE void setStop(int index);
    Q_INVOKABLE void setCache(int cache);
    Q_INVOKABLE void setCardLayers(int layers);
    Q_INVOKABLE void switchTo();  // for this conversation
    Q_INVOKABLE void load();      // and as the default of new ones
    Q_INVOKABLE void takeOut();
    Q_INVOKABLE void showFile();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void chosenChanged();

private:
    struct Need {
        app::VariantPlan plan;
        app::MemoryNeed need;
    };
    struct Row {
        app::ModelFile model;
        app::VariantPlan plan;  // as it would be loaded
        std::vector<Need> needs;
        QString need_error;
    };
    void take();
    void takeNeed(const app::VariantPlan& plan, const app::MemoryNeed& need, const QString& error);
    void setPlans();
    void ask(const Row& row, const app::VariantPlan& plan) const;
    void askAll();
    void askStops(const Row& row) const;
    void change(const std::function<void(app::VariantPlan&)>& change);
    app::FreeMemory freeWithoutModel() const;
    // The plan as it stands, or, in a row that is not chosen, with the largest context that fits.
    app::VariantPlan shownPlan(const Row& row) const;
    VariantFacts factsOf(const Row& row) const;
    bool isLoaded(const app::ModelFile& model) const;
    static const app::MemoryNeed* needOf(const Row& row, const app::VariantPlan& plan);
    const Row* chosenEntry() const;
    void refresh();

    Services services_;
    const ConversationModel& conversation_;
    VariantSwitch& switch_;
    std::vector<Row> rows_;
    int chosen_ = -1;
    bool asked_ = false;  // somebody looks: needs are counted
};

}  // namespace deepwell::ui
