// See table.h.
#include "core/forms/table.h"

#include "core/templates.h"

namespace mitwirken::core {

namespace {

namespace t = tpl::table;

void fill(const Visit& visit, html::Values cell, const Cell& content) {
    const bool post = !content.post_to.empty();
    auto inner = cell.add(post ? t::POST : !content.url.empty() ? t::LINK : !content.pill.empty() ? t::PILL : t::PLAIN);
    inner.set(t::TEXT, content.text);
    if (!content.spoken.empty()) inner.add(t::SPOKEN).set(t::WORDS, content.spoken);
    if (post) {
        inner.set(t::URL, visit.url(content.post_to)).show_if(content.danger, t::DANGER);
        for (const auto& [name, value] : content.fields) inner.add(t::FIELD).set(t::NAME, name).set(t::VALUE, value);
    } else if (!content.url.empty()) {
        inner.set(t::URL, visit.url(content.url));
    } else if (!content.pill.empty()) {
        inner.set(t::CLASS, content.pill);
    }
}

}  // namespace

html::SafeHtml table(const Visit& visit, const TableView& view) {
    html::Values values;
    values.set(t::ID, view.id).set(t::CAPTION, view.caption);
    if (view.rows.empty()) {
        values.add(t::EMPTY).set(t::TEXT, view.empty.empty() ? visit.tr("There is nothing here yet.") : view.empty);
        return html::render_part(t::file, values, visit.language);
    }
    auto box = values.add(t::TABLE);
    for (const auto& column : view.columns) {
        auto head = box.add(t::COLUMN);
        if (column.empty())
            head.show(t::ACTIONS);
        else
            head.add(t::NAMED).set(t::LABEL, column);
    }
    for (const auto& line : view.rows) {
        auto row = box.add(t::ROW);
        bool first = true;
        for (const auto& content : line) {
            auto cell = row.add(first ? t::HEAD_CELL : t::CELL);
            cell.show_if(content.number, t::NUMBER);
            fill(visit, cell.add(t::CONTENT), content);
            first = false;
        }
    }
    return html::render_part(t::file, values, visit.language);
}

}  // namespace mitwirken::core
