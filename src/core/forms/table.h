// Dense tables of the administration from a description: caption, columns, rows of cells, an empty state, a pager.
#pragma once

#include <string>
#include <vector>

#include "core/visit.h"

namespace mitwirken::core {

struct Cell {
    std::string text;
    std::string url = {};   // path: the text becomes a link
    std::string pill = {};  // class of a pill: "ok", "draft", "review" …
    bool number = false;
    // A button that posts to this path; text is its label.
    std::string post_to = {};
    std::vector<std::pair<std::string, std::string>> fields = {};  // hidden fields of that form
    std::string spoken = {};                                       // added for screen readers: "Löschen: World Café"
    bool danger = false;
};
inline Cell text_cell(std::string text) { return {std::move(text)}; }
inline Cell link_cell(std::string text, std::string url) { return {std::move(text), std::move(url)}; }
inline Cell pill_cell(std::string text, std::string pill) { return {std::move(text), "", std::move(pill)}; }
inline Cell number_cell(std::string text) { return {std::move(text), "", "", true}; }

struct TableView {
    std::string id = "list", caption;
    std::vector<std::string> columns;  // "" = column of actions
    std::vector<std::vector<Cell>> rows;
    std::string empty;  // what to say when there is no row
};
html::SafeHtml table(const Visit& visit, const TableView& view);

}  // namespace mitwirken::core
