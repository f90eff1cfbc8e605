// See filled_forms.h.
#include "support/filled_forms.h"

#include <algorithm>

#include "platform/base/text.h"
#include "platform/db/query.h"

namespace mitwirken::tests {

namespace {

constexpr const char* any_row = "*";

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string first_choice(const PageField& field) {
    if (!field.value.empty()) return field.value;
    for (const auto& option : field.options)
        if (!option.empty()) return option;
    return "";
}

// What is tried in a field of this kind, one after the other, as long as the server finds it wrong.
std::vector<std::string> candidates(const PageField& field, const std::string& text) {
    // Rows of a table say nothing of a single wrong cell, and a place is right or wrong as a pair.
    if (field.type == "url" || ends_with(field.name, "-url")) return {"https://example.org/probe"};
    if (field.name == "lat") return {"51.5"};
    if (field.name == "lon") return {"7.5"};
    if (field.type == "email") return {"probe-7@example.org"};
    if (field.type == "date") return {field.value, "2027-05-04"};
    if (field.type == "time") return {field.value, "10:00"};
    if (field.type == "color" || field.most_letters == 7) return {field.value};  // a colour: its well or its digits
    if (field.type == "select") return {first_choice(field)};
    if (field.type == "password") return {"vier kleine Wörter hier"};
    return {text, "", "1"};
}

// "links-2-url": a cell of repeatable rows; "links-2" is its row.
std::optional<std::string> row_of(const std::string& name) {
    const auto last = name.rfind('-');
    const auto before = last == std::string::npos || last == 0 ? std::string::npos : name.rfind('-', last - 1);
    if (before == std::string::npos || !to_int(name.substr(before + 1, last - before - 1))) return {};
    return name.substr(0, last);
}

Fields filled(const PageForm& form, const std::string& text, const std::map<std::string, std::size_t>& attempt) {
    Fields fields;
    std::vector<std::string> groups, rows;
    for (const auto& field : form.fields) {
        if (field.type == "file") continue;
        const auto row = row_of(field.name);
        const bool first_cell = row && std::find(rows.begin(), rows.end(), *row) == rows.end();
        if (first_cell) rows.push_back(*row);
        if (field.type == "hidden") {
            fields.emplace_back(field.name, field.value);
        } else if (field.type == "checkbox" || field.type == "radio") {
            // One of each group, and what can only be ticked.
            const bool first = std::find(groups.begin(), groups.end(), field.name) == groups.end();
            if (first && !ends_with(field.name, "-remove")) fields.emplace_back(field.name, field.value);
            groups.push_back(field.name);
        } else {
            const auto list = candidates(field, text);
            // No cell but the first is known to take words; after a refusal the others get a number.
            const bool number = row && !first_cell && field.type == "text" && attempt.count(any_row);
            if (number && !ends_with(field.name, "-url")) {
                fields.emplace_back(field.name, "1");
                continue;
            }
            const auto at = attempt.find(field.name);
            fields.emplace_back(field.name, list[std::min(at == attempt.end() ? 0 : at->second, list.size() - 1)]);
        }
    }
    return fields;
}

}  // namespace

std::vector<std::string> staff_pages(TestHouse& house, Client& admin) {
    return pages_reached(house, admin, {"/verwaltung", "/konto"}, "/");
}

std::vector<std::string> only_new(const std::vector<std::string>& pages) {
    std::vector<std::string> result;
    std::copy_if(pages.begin(), pages.end(), std::back_inserter(result),
                 [](const auto& path) { return starts_with(path, "/verwaltung") && ends_with(path, "/neu"); });
    return result;
}

std::optional<PageForm> main_form(const ParsedPage& page) {
    std::optional<PageForm> largest;
    for (const auto& form : page.forms())
        if (form.method == "post" && (!largest || form.fields.size() > largest->fields.size())) largest = form;
    return largest;
}

std::optional<PageForm> form_to(const ParsedPage& page, const std::string& action) {
    for (const auto& form : page.forms())
        if (form.method == "post" && form.action == action) return form;
    return {};
}

Filled fill_and_send(Client& client, const std::string& page, const std::string& text) {
    Filled result;
    const auto form = main_form(ParsedPage(client.get(page).body));
    if (!form) return result;
    result.form = *form;
    std::map<std::string, std::size_t> attempt;
    for (int turn = 0; turn < 5; ++turn) {
        result.fields = filled(*form, text, attempt);
        result.answer = send(client, *form, result.fields);
        if (result.answer.status != 422) return result;
        const ParsedPage shown(result.answer.body);
        const auto again = form_to(shown, form->action);
        if (!again) return result;
        for (const auto& field : again->fields)
            if (field.wrong) ++attempt[field.name];
        ++attempt[any_row];
    }
    return result;
}

void publish(Client& client, const std::string& edit_page) {
    for (int turn = 0; turn < 4; ++turn) {
        const ParsedPage page(client.get(edit_page).body);
        bool pressed = false;
        for (const char* wish : {"publish", "agree", "hand"}) {
            for (const auto& form : page.forms()) {
                if (form.method != "post" || !ends_with(form.action, "/stand")) continue;
                for (const auto& [name, value] : form.buttons) {
                    if (pressed || value.find(wish) == std::string::npos) continue;
                    Fields fields = form.sent();
                    fields.emplace_back(name, value);
                    pressed = send(client, form, fields).status == 303;
                    if (pressed && value.find("publish") != std::string::npos) return;
                }
            }
        }
        if (!pressed) return;
    }
}

std::int64_t all_rows(TestHouse& house) {
    static const std::string* sql = [&] {
        auto* text = new std::string("SELECT 0");
        for (const auto& [table, columns] : house.program().database().schema())
            if (table != "core_idempotency" && table.find("fts") == std::string::npos)
                *text += " + (SELECT COUNT(*) FROM " + table + ")";
        return text;
    }();
    static const auto* query = new db::Query("test.all_rows", *sql);
    std::int64_t rows = 0;
    house.read([&](db::Tx& tx) { rows = tx.value<std::int64_t>(*query); });
    return rows;
}

std::vector<std::string> addresses_of_site_map(Client& client) {
    std::vector<std::string> paths;
    const auto map = client.get("/sitemap.xml");
    for (auto at = map.body.find("<loc>"); at != std::string::npos; at = map.body.find("<loc>", at + 1)) {
        const std::string address = map.body.substr(at + 5, map.body.find('<', at + 5) - at - 5);
        const auto slash = address.find('/', address.find("://") + 3);
        paths.push_back(slash == std::string::npos ? "/" : address.substr(slash));
    }
    return paths;
}

}  // namespace mitwirken::tests
