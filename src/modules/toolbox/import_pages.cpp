// Import of formats from CSV or JSON: all or nothing, an error for each row and column, a dry run that says what would
// change; entries are found again by their key.
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/toolbox/pages.h"
#include "platform/tables/csv.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::ImportReport;
using core::Visit;
using nlohmann::json;
constexpr std::size_t most_entries = 20000;

struct Row {
    std::string place;
    Format format;
    Parts parts;
};

class Reader {
public:
    Reader(ImportReport& report, std::string place) : report_(report), place_(std::move(place)) {}
    void problem(const std::string& column, const Message& message) {
        report_.problems.push_back({place_, column, message});
    }
    int mask(const Facet& facet, const std::vector<std::string>& words) {
        const auto found = mask_from(facet, words);
        if (!found)
            problem(std::string(facet.word),
                    tr_noop("There is a value that is not in the list: {text}", {{"text", join(words, ", ")}}));
        return found.value_or(0);
    }
    std::optional<std::int64_t> days(const std::string& column, const std::string& text) {
        if (text.empty()) return {};
        const auto number = to_int(text);
        if (!number || *number < 0 || *number > 3650)
            problem(column, tr_noop("Please give a number of days between 0 and 3650."));
        return number;
    }
    void check(const Format& f) {
        if (f.key.empty() || slug(f.key) != f.key) problem("key", tr_noop("The key may hold a-z, 0-9 and hyphens."));
        if (f.title.empty()) problem("title", tr_noop("Please give the format a name."));
        if (letters(f.title) > 200)
            problem("title", tr_noop("Please shorten this to {limit} letters.", {{"limit", "200"}}));
        if (letters(f.summary) > 300)
            problem("summary", tr_noop("Please shorten this to {limit} letters.", {{"limit", "300"}}));
        if (letters(f.description) > 20000)
            problem("description", tr_noop("Please shorten this to {limit} letters.", {{"limit", "20000"}}));
    }

private:
    ImportReport& report_;
    std::string place_;
};

std::string text_of(const json& e, const char* name, Reader& reader) {
    if (!e.contains(name) || e[name].is_null()) return "";
    if (e[name].is_string()) return clean(e[name].get<std::string>());
    reader.problem(name, tr_noop("A text is expected here."));
    return "";
}

std::vector<std::string> words_from(const json& e, const char* name, Reader& reader) {
    std::vector<std::string> words;
    if (!e.contains(name)) return words;
    if (!e[name].is_array())
        reader.problem(name, tr_noop("A list is expected here."));
    else
        for (const auto& word : e[name])
            if (word.is_string()) words.push_back(word);
    return words;
}

std::vector<Link> links_from(const json& e, const char* name, Reader& reader) {
    std::vector<Link> links;
    if (!e.contains(name)) return links;
    if (!e[name].is_array())
        reader.problem(name, tr_noop("A list is expected here."));
    else
        for (const auto& item : e[name]) {
            if (!item.is_object()) continue;
            Link link{text_of(item, "title", reader), text_of(item, "url", reader), text_of(item, "note", reader)};
            const bool safe = link.url.empty() || starts_with(link.url, "https://") || starts_with(link.url, "http://");
            if (!safe)
                reader.problem(name,
                               tr_noop("Addresses begin with https:// – please check “{text}”.", {{"text", link.url}}));
            links.push_back(std::move(link));
        }
    return links;
}

Row row_from_json(const json& e, const std::string& place, ImportReport& report) {
    Row row{place, {}, {}};
    Reader reader(report, place);
    if (!e.is_object()) {
        reader.problem("", tr_noop("An entry is expected here."));
        return row;
    }
    Format& f = row.format;
    f.key = text_of(e, "key", reader);
    f.title = trimmed(text_of(e, "title", reader));
    f.title_en = text_of(e, "title_en", reader);
    f.summary = text_of(e, "summary", reader);
    f.summary_en = text_of(e, "summary_en", reader);
    f.description = text_of(e, "description", reader);
    f.tips = text_of(e, "tips", reader);
    f.duration = text_of(e, "duration", reader);
    f.source = text_of(e, "source", reader);
    f.purposes = reader.mask(purposes(), words_from(e, "purposes", reader));
    f.forms = reader.mask(forms(), words_from(e, "forms", reader));
    f.group_sizes = reader.mask(group_sizes(), words_from(e, "group_sizes", reader));
    f.distance = e.contains("distance") && e["distance"].is_boolean() && e["distance"].get<bool>();
    f.publish = e.contains("publish") && e["publish"].is_boolean() && e["publish"].get<bool>();
    if (e.contains("effort") && e["effort"].is_object()) {
        const auto& effort = e["effort"];
        const auto number = [&](const char* name) {
            return effort.contains(name) && effort[name].is_number_integer()
                       ? std::to_string(effort[name].get<std::int64_t>())
                       : std::string();
        };
        f.lead_days = reader.days("lead_days", number("lead_days"));
        f.staff_days = reader.days("staff_days", number("staff_days"));
        f.cost = cost_from(text_of(effort, "cost", reader)).value_or(Cost::unknown);
    }
    row.parts = {links_from(e, "tip_materials", reader), links_from(e, "tools", reader),
                 words_from(e, "related", reader)};
    reader.check(f);
    return row;
}

// "Title <https://…>" lines, as the export writes them.
std::vector<Link> links_from_lines(const std::string& text) {
    std::vector<Link> links;
    for (const auto& line : split(text, '\n')) {
        const auto open = line.rfind(" <");
        if (trimmed(line).empty()) continue;
        if (open != std::string::npos && line.back() == '>')
            links.push_back({line.substr(0, open), line.substr(open + 2, line.size() - open - 3), ""});
        else
            links.push_back({trimmed(line), "", ""});
    }
    return links;
}

std::vector<std::string> list_from(const std::string& text) {
    std::vector<std::string> words;
    for (const auto& word : split(text, ','))
        if (!trimmed(word).empty()) words.push_back(trimmed(word));
    return words;
}

// Undoes the ' that protects spreadsheets from formulas.
std::string plain(std::string cell) {
    if (cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@\t\r").find(cell[1]) != std::string_view::npos)
        cell.erase(0, 1);
    return clean(cell);
}

Row row_from_csv(const tables::Table& table, std::size_t index, ImportReport& report) {
    Row row{"line " + std::to_string(table.lines[index]), {}, {}};
    Reader reader(report, row.place);
    const auto cell = [&](std::string_view name) {
        for (std::size_t i = 0; i < table.header.size(); ++i)
            if (table.header[i] == name) return plain(table.rows[index][i]);
        return std::string();
    };
    const auto yes = [&](const char* name) {
        const std::string word = lower_ascii(trimmed(cell(name)));
        if (word != "yes" && word != "no" && word != "ja" && word != "nein" && !word.empty())
            reader.problem(name, tr_noop("yes or no is expected here."));
        return word == "yes" || word == "ja";
    };
    Format& f = row.format;
    f.key = trimmed(cell("key"));
    f.title = trimmed(cell("title"));
    f.summary = cell("summary");
    f.description = cell("description");
    f.tips = cell("tips");
    f.duration = cell("duration");
    f.source = cell("source");
    f.purposes = reader.mask(purposes(), list_from(cell("purposes")));
    f.forms = reader.mask(forms(), list_from(cell("forms")));
    f.group_sizes = reader.mask(group_sizes(), list_from(cell("group_sizes")));
    f.distance = yes("distance");
    f.publish = yes("publish");
    f.lead_days = reader.days("lead_days", trimmed(cell("lead_days")));
    f.staff_days = reader.days("staff_days", trimmed(cell("staff_days")));
    f.cost = cost_from(trimmed(cell("cost"))).value_or(Cost::unknown);
    row.parts = {links_from_lines(cell("materials")), links_from_lines(cell("tools")), list_from(cell("related"))};
    reader.check(f);
    return row;
}

std::vector<Row> rows_from(const std::string& bytes, ImportReport& report) {
    std::vector<Row> rows;
    const auto first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first != std::string::npos && (bytes[first] == '{' || bytes[first] == '[')) {
        const auto data = json::parse(bytes.substr(first), nullptr, false);
        const json* list = data.is_object() && data.contains("entries") ? &data["entries"]
                           : data.is_array()                            ? &data
                                                                        : nullptr;
        if (!list || !list->is_array()) {
            report.problems.push_back(
                {"JSON", "", tr_noop("This is not a list of entries: {\"entries\": […]} is expected.")});
            return rows;
        }
        if (list->size() > most_entries) {
            report.problems.push_back({"JSON", "",
                                       tr_noop("The list holds more than {limit} entries. Please divide it.",
                                               {{"limit", std::to_string(most_entries)}})});
            return rows;
        }
        for (std::size_t i = 0; i < list->size(); ++i)
            rows.push_back(row_from_json((*list)[i], "entries[" + std::to_string(i) + "]", report));
        return rows;
    }
    const auto table = tables::read_csv(bytes);
    if (!table) {
        for (const auto& problem : table.problems().list())
            report.problems.push_back({problem.field, "", problem.message});
        return rows;
    }
    static const std::vector<std::string> known = {
        "key",  "title",     "purposes", "forms",     "group_sizes", "distance", "publish",  "summary", "description",
        "tips", "materials", "tools",    "lead_days", "staff_days",  "cost",     "duration", "source",  "related"};
    for (const auto& column : table->header)
        if (std::find(known.begin(), known.end(), column) == known.end()) {
            const auto near = nearest(column, known);
            report.problems.push_back({"line 1", column,
                                       near ? tr_noop("No such column – did you mean {text}?", {{"text", *near}})
                                            : tr_noop("No such column.")});
        }
    for (std::size_t i = 0; i < table->rows.size(); ++i) rows.push_back(row_from_csv(*table, i, report));
    return rows;
}

// What would change, without writing.
ImportReport::Change change_of(db::Tx& tx, core::TenantId tenant, Row& row) {
    ImportReport::Change change{row.format.key, row.format.title, "new", {}};
    const auto stored = find_format(tx, tenant, row.format.key);
    if (!stored) return change;
    Format& f = row.format;
    f.id = stored->id, f.state = stored->state, f.owner = stored->owner, f.version = stored->version;
    f.created_by = stored->created_by, f.created_at = stored->created_at, f.published_at = stored->published_at;
    change.fields = core::changed_fields(snapshot(*stored, parts_of(tx, stored->id)), snapshot(f, row.parts));
    change.what = change.fields.empty() ? "same" : "changed";
    return change;
}

}  // namespace

ImportReport import_data(const core::House& house, core::TenantId tenant, core::AccountId by, const std::string& bytes,
                         bool dry_run) {
    ImportReport report;
    auto rows = rows_from(bytes, report);
    std::map<std::string, std::string> seen;
    for (const auto& row : rows)
        if (!row.format.key.empty() && !seen.emplace(row.format.key, row.place).second)
            report.problems.push_back(
                {row.place, "key", tr_noop("This key stands twice: {text}", {{"text", row.format.key}})});
    if (!report.problems.empty()) return report;
    const auto look = [&](db::Tx& tx) {
        report.changes.clear();
        for (auto& row : rows) report.changes.push_back(change_of(tx, tenant, row));
    };
    if (dry_run) {
        house.database->read(look);
        return report;
    }
    house.database->write([&](db::Tx& tx) {
        look(tx);
        const auto now = house.clock->now();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (report.changes[i].what == "same") continue;
            Format& f = rows[i].format;
            if (!f.id) f.state = f.publish ? State::published : State::draft;
            save(tx, tenant, f, rows[i].parts, by, "Import", now);
        }
        tx.after_commit([&house, tenant] { house.versions.raise(tenant, "toolbox"); });
    });
    return report;
}

namespace {

html::SafeHtml import_content(Visit& visit, const ImportReport* report, bool dry_run) {
    namespace t = tpl::edit;
    html::Values page;
    page.set(
        t::HEAD,
        core::admin_head(
            visit,
            {.title = visit.tr("Import formats"),
             .lead = visit.tr("CSV or JSON, as the export writes it. Nothing is taken over unless every row is right."),
             .crumbs = {{visit.tr("Toolbox"), "/verwaltung/instrumente"}}}));
    if (report && !report->problems.empty()) {
        core::TableView view{.id = "problems", .caption = visit.tr("What has to be put right")};
        view.columns = {visit.tr("Where in the file"), visit.tr("Column"), visit.tr("What is wrong")};
        for (const auto& line : report->problems) {
            if (view.rows.size() >= 500) break;
            view.rows.push_back(
                {core::text_cell(line.place), core::text_cell(line.column), core::text_cell(visit.tr(line.message))});
        }
        page.set(t::NOTICE, core::table(visit, view));
    } else if (report) {
        core::TableView view{.id = "changes",
                             .caption = dry_run ? visit.tr("What would change") : visit.tr("What was changed")};
        view.columns = {visit.tr("Format/method"), visit.tr("Key"), visit.tr("What"), visit.tr("Fields")};
        for (const auto& change : report->changes) {
            if (view.rows.size() >= 500) break;
            const bool same = change.what == "same", fresh = change.what == "new";
            std::vector<std::string> fields;
            for (const auto& field : change.fields) fields.push_back(visit.tr(field));
            view.rows.push_back({core::text_cell(change.title), core::text_cell(change.key),
                                 core::pill_cell(visit.tr(same    ? "unchanged"
                                                          : fresh ? "new"
                                                                  : "changed"),
                                                 same    ? "plain"
                                                 : fresh ? "ok"
                                                         : "review"),
                                 core::text_cell(join(fields, ", "))});
        }
        page.set(t::NOTICE, core::table(visit, view));
    }
    core::FormView form(visit, visit.form);
    form.file("file", tr_noop("File")).takes(".csv,.json");
    form.check("dry_run", tr_noop("Only show what would change"));
    page.set(t::FORM, form.html({.action = "/verwaltung/instrumente-einlesen",
                                 .submit = tr_noop("Read the file"),
                                 .has_files = true,
                                 .once = false}));
    return html::render_part(t::file, page, visit.language);
}

const core::PageHead& import_head(Visit& visit) {
    thread_local core::PageHead head;
    head = {
        .title = visit.tr("Import formats"), .navigation = "/verwaltung/instrumente", .kind = "admin", .admin = true};
    return head;
}

}  // namespace

http::Response import_page(Visit& visit) {
    visit.form.set("dry_run", "on");
    return visit.page(import_head(visit), import_content(visit, nullptr, true));
}

// The import itself ran in the route's prepare function, which has its own transaction.
http::Response import_form(Visit& visit) {
    auto* report = visit.prepared<ImportReport>();
    if (!report) throw BadRequest(tr_noop("Please choose a file."));
    const bool dry_run = visit.form["dry_run"] == "on";
    if (!report->problems.empty())
        return core::show_again(visit, import_head(visit), import_content(visit, report, dry_run));
    if (!dry_run) visit.record("toolbox.imported", {"toolbox", 0}, std::to_string(report->changes.size()));
    return visit.page(import_head(visit), import_content(visit, report, dry_run));
}

void read_import(core::Preparation& p) {
    for (const auto& upload : p.uploads) {
        if (upload.size == 0) continue;
        std::ifstream in(upload.path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        p.result = import_data(p.house, p.tenant.id, p.actor.account, bytes, p.form["dry_run"] == "on");
        return;
    }
}

}  // namespace mitwirken::toolbox
