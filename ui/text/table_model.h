// The cells of a table block, row by row.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QAbstractListModel>
#include <QtGui/QColor>
#include <QtGui/QFont>

#include "app/rendering/block.h"

namespace deepwell::ui {

class TableModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QVariant block MEMBER value_ WRITE setBlock)
    Q_PROPERTY(QFont codeFont MEMBER code_font_ WRITE setCodeFont)
    Q_PROPERTY(QColor linkColor MEMBER link_ WRITE setLinkColor)
    Q_PROPERTY(int columns READ columns NOTIFY columnsChanged)

public:
    enum Role { Html = Qt::UserRole + 1, Plain, Column, ColumnCount, Head, Alignment };

    explicit TableModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    void setBlock(const QVariant& block);
    void setCodeFont(const QFont& font);
    void setLinkColor(const QColor& color);
    int columns() const { return static_cast<int>(table_.columns.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void columnsChanged();

private:
    QVariant value_;
    app::rendering::Table table_;
    QFont code_font_;
    QColor link_;
};

}  // namespace deepwell::ui
