#include "ui/text/table_model.h"

#include "ui/text/block_text.h"
#include "ui/text/prose_writer.h"

namespace deepwell::ui {

using app::rendering::Block;
using app::rendering::Table;

void TableModel::setBlock(const QVariant& block) {
    value_ = block;
    Table next;
    if (block.canConvert<Block>()) {
        const Block value = block.value<Block>();
        if (const auto* table = std::get_if<Table>(&value)) next = *table;
    }
    if (next == table_) return;
    const bool grew_only = next.columns == table_.columns && next.rows.size() >= table_.rows.size();
    if (!grew_only) {
        beginResetModel();
        table_ = std::move(next);
        endResetModel();
        emit columnsChanged();
        return;
    }
    // While it streams only the last row changes and rows are added.
    const int before = rowCount();
    const int after = static_cast<int>(next.rows.size()) * columns();
    for (std::size_t row = 0; row < table_.rows.size(); ++row) {
        if (next.rows[row] == table_.rows[row]) continue;
        table_.rows[row] = next.rows[row];
        const int first = static_cast<int>(row) * columns();
        emit dataChanged(index(first), index(first + columns() - 1));
    }
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        table_ = std::move(next);
        endInsertRows();
    } else {
        table_ = std::move(next);
    }
}

void TableModel::setCodeFont(const QFont& font) {
    code_font_ = font;
    if (rowCount() > 0) emit dataChanged(index(0), index(rowCount() - 1), {Html});
}

void TableModel::setLinkColor(const QColor& color) {
    link_ = color;
    if (rowCount() > 0) emit dataChanged(index(0), index(rowCount() - 1), {Html});
}

int TableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.rows.size()) * columns();
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const int row = index.row() / columns();
    const int column = index.row() % columns();
    const auto& cells = table_.rows[static_cast<std::size_t>(row)];
    const auto at = static_cast<std::size_t>(column);
    static const app::rendering::StyledText kEmpty;
    const auto& cell = at < cells.size() ? cells[at] : kEmpty;
    switch (role) {
        case Html: {
            ProseStyle style;
            style.code_font = code_font_;
            style.link = link_;
            return styled_html(cell, style);
        }
        case Plain:
            return cell.text;
        case Column:
            return column;
        case ColumnCount:
            return columns();
        case Head:
            return row == 0;
        case Alignment:
            return table_.columns[at] == Table::Alignment::End      ? 2
                   : table_.columns[at] == Table::Alignment::Centre ? 1
                                                                    : 0;
        default:
            return {};
    }
}

QHash<int, QByteArray> TableModel::roleNames() const {
    return {{Html, "html"},     {Plain, "plain"},
            {Column, "column"}, {ColumnCount, "columnCount"},
            {Head, "head"},     {Alignment, "alignment"}};
}

}  // namespace deepwell::ui
