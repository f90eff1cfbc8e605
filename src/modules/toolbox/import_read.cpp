// Rows of formats from CSV and JSON, as the export writes them; see import.h. Nothing is dropped in silence: a value,
// a column or an entry that cannot be used is a problem with its place.
#include <nlohmann/json.hpp>

#include "modules/toolbox/import.h"
#include "platform/base/text.h"
#include "platform/i18n/i18n.h"
#include "platform/tables/csv.h"

namespace mitwirken::toolbox {

namespace {

using core::ImportReport;
using nlohmann::json;

bool is_safe(const std::string& url) { return is_web_address(url) || is_own_path(url); }

// Values of one row, with problems at its place.
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
    Cost cost(const std::string& word) {
        const auto found = cost_from(word);
        if (!found) problem("cost", tr_noop("There is a value that is not in the list: {text}", {{"text", word}}));
        return found.value_or(Cost::unknown);
    }
    std::vector<Link> links(const std::string& column, std::vector<Link> links) {
        for (const auto& link : links) {
            if (link.title.empty()) problem(column, tr_noop("Every row needs a title."));
            if (!link.url.empty() && !is_safe(link.url))
                problem(column,
                        tr_noop("Addresses begin with https:// – please check “{text}”.", {{"text", link.url}}));
        }
        return links;
    }
    void check(const ImportRow& row) {
        const Format& f = row.format;
        if (f.key.empty() || slug(f.key) != f.key) problem("key", tr_noop("The key may hold a-z, 0-9 and hyphens."));
        if (is_reserved(f.key))
            problem("key", tr_noop("This word is the address of another page: {text}", {{"text", f.key}}));
        if (row.given.count("title") != 0 && f.title.empty())
            problem("title", tr_noop("Please give the format a name."));
        const auto limit = [&](const char* column, const std::string& text, std::size_t most) {
            if (letters(text) > most)
                problem(column, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(most)}}));
        };
        limit("title", f.title, 200), limit("title_en", f.title_en, 200);
        limit("summary", f.summary, 300), limit("summary_en", f.summary_en, 300);
        limit("description", f.description, 20000), limit("tips", f.tips, 20000);
        limit("duration", f.duration, 200), limit("source", f.source, 500);
        limit("description_en", f.description_en, 20000), limit("tips_en", f.tips_en, 20000);
        limit("duration_en", f.duration_en, 200), limit("source_en", f.source_en, 500);
    }

private:
    ImportReport& report_;
    std::string place_;
};

// ---- JSON

std::string text_of(const json& e, const char* name, Reader& reader) {
    if (!e.contains(name) || e[name].is_null()) return "";
    if (e[name].is_string()) return clean(e[name].get<std::string>());
    reader.problem(name, tr_noop("A text is expected here."));
    return "";
}

bool flag_of(const json& e, const char* name, Reader& reader) {
    if (!e.contains(name)) return false;
    if (e[name].is_boolean()) return e[name].get<bool>();
    reader.problem(name, tr_noop("true or false is expected here."));
    return false;
}

std::vector<std::string> words_from(const json& e, const char* name, Reader& reader) {
    std::vector<std::string> words;
    if (!e.contains(name)) return words;
    const bool texts = e[name].is_array() &&
                       std::all_of(e[name].begin(), e[name].end(), [](const json& word) { return word.is_string(); });
    if (texts)
        for (const auto& word : e[name]) words.push_back(clean(word.get<std::string>()));
    else
        reader.problem(name, tr_noop("A list of texts is expected here."));
    return words;
}

std::vector<Link> links_from(const json& e, const char* name, Reader& reader) {
    std::vector<Link> links;
    if (!e.contains(name)) return links;
    const bool objects = e[name].is_array() &&
                         std::all_of(e[name].begin(), e[name].end(), [](const json& item) { return item.is_object(); });
    if (!objects) {
        reader.problem(name, tr_noop("A list of links is expected here: [{\"title\": …, \"url\": …}]."));
        return links;
    }
    for (const auto& item : e[name])
        links.push_back({text_of(item, "title", reader), text_of(item, "url", reader), text_of(item, "note", reader),
                         text_of(item, "title_en", reader), text_of(item, "note_en", reader)});
    return reader.links(name, std::move(links));
}

void read_effort(const json& e, ImportRow& row, Reader& reader) {
    if (!e.contains("effort")) return;
    const auto& effort = e["effort"];
    if (!effort.is_object()) return reader.problem("effort", tr_noop("An object is expected here."));
    const auto number = [&](const char* name) -> std::optional<std::int64_t> {
        if (!effort.contains(name)) return {};
        row.given.insert(name);
        if (effort[name].is_null()) return {};
        return reader.days(name, effort[name].dump());
    };
    row.format.lead_days = number("lead_days");
    row.format.staff_days = number("staff_days");
    if (effort.contains("cost")) row.given.insert("cost");
    row.format.cost = reader.cost(text_of(effort, "cost", reader));
}

// The export says more of an entry than an import takes: addresses, files, instants.
void note_given(const json& e, ImportRow& row, Reader& reader) {
    static const std::vector<std::string> taken{
        "key",         "title",  "title_en",       "summary", "summary_en",  "purposes", "forms",  "group_sizes",
        "distance",    "tips",   "tip_materials",  "tools",   "related",     "duration", "source", "publish",
        "description", "effort", "description_en", "tips_en", "duration_en", "source_en"},
        passed_over{"files", "url", "published_at", "changed_at", "experiences"};
    for (const auto& [name, value] : e.items()) {
        if (std::find(passed_over.begin(), passed_over.end(), name) != passed_over.end()) continue;
        if (std::find(taken.begin(), taken.end(), name) == taken.end()) {
            const auto near = nearest(name, taken);
            reader.problem(clean(name), near ? tr_noop("No such column – did you mean {text}?", {{"text", *near}})
                                             : tr_noop("No such column."));
        }
        row.given.insert(name == "tip_materials" ? "materials" : name);
    }
}

ImportRow row_from_json(const json& e, const std::string& place, ImportReport& report) {
    ImportRow row{place, {}, {}, {}};
    Reader reader(report, place);
    if (!e.is_object()) {
        reader.problem("", tr_noop("An entry is expected here."));
        return row;
    }
    note_given(e, row, reader);
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
    f.description_en = text_of(e, "description_en", reader);
    f.tips_en = text_of(e, "tips_en", reader);
    f.duration_en = text_of(e, "duration_en", reader);
    f.source_en = text_of(e, "source_en", reader);
    f.purposes = reader.mask(purposes(), words_from(e, "purposes", reader));
    f.forms = reader.mask(forms(), words_from(e, "forms", reader));
    f.group_sizes = reader.mask(group_sizes(), words_from(e, "group_sizes", reader));
    f.distance = flag_of(e, "distance", reader);
    f.publish = flag_of(e, "publish", reader);
    read_effort(e, row, reader);
    row.parts = {links_from(e, "tip_materials", reader), links_from(e, "tools", reader),
                 words_from(e, "related", reader)};
    reader.check(row);
    return row;
}

std::vector<ImportRow> rows_from_json(std::string_view text, ImportReport& report) {
    std::vector<ImportRow> rows;
    const auto data = json::parse(text, nullptr, false);
    const json* list = data.is_object() && data.contains("entries") ? &data["entries"]
                       : data.is_array()                            ? &data
                                                                    : nullptr;
    if (!list || !list->is_array()) {
        report.problems.push_back(
            {"JSON", "", tr_noop("This is not a list of entries: {\"entries\": […]} is expected.")});
    } else if (list->size() > most_entries) {
        report.problems.push_back({"JSON", "",
                                   tr_noop("The file has more than {limit} rows. Please divide it.",
                                           {{"limit", std::to_string(most_entries)}})});
    } else {
        for (std::size_t i = 0; i < list->size(); ++i)
            rows.push_back(row_from_json((*list)[i], "entries[" + std::to_string(i) + "]", report));
    }
    return rows;
}

// ---- CSV

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

// What people write for a value: its word, its German word in addresses, or what stands on the page in German.
std::vector<std::string> choices_from(const Facet& facet, const std::string& text) {
    auto words = list_from(text);
    for (auto& word : words)
        for (const auto& choice : facet.choices) {
            const std::string typed = lower_ascii(word);
            if (typed == choice.word || typed == choice.parameter ||
                typed == lower_ascii(i18n::german().tr(choice.label)))
                word = choice.word;
        }
    return words;
}

std::string cost_word(const std::string& text) {
    for (const Cost cost : {Cost::low, Cost::medium, Cost::high})
        if (lower_ascii(text) == lower_ascii(i18n::german().tr(name_of(cost)))) return std::string(to_word(cost));
    return text;
}

// Lines that may be empty: each belongs to a link.
std::vector<std::string> lines_from(const std::string& text) {
    if (trimmed(text).empty()) return {};
    return split(text, '\n');
}

ImportRow row_from_csv(const tables::Table& table, std::size_t index, ImportReport& report) {
    ImportRow row{"line " + std::to_string(table.lines[index]), {}, {}, {table.header.begin(), table.header.end()}};
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
    f.title_en = trimmed(cell("title_en"));
    f.summary = cell("summary");
    f.summary_en = cell("summary_en");
    f.description = cell("description");
    f.tips = cell("tips");
    f.duration = cell("duration");
    f.source = cell("source");
    f.description_en = cell("description_en");
    f.tips_en = cell("tips_en");
    f.duration_en = cell("duration_en");
    f.source_en = cell("source_en");
    f.purposes = reader.mask(purposes(), choices_from(purposes(), cell("purposes")));
    f.forms = reader.mask(forms(), choices_from(forms(), cell("forms")));
    f.group_sizes = reader.mask(group_sizes(), choices_from(group_sizes(), cell("group_sizes")));
    f.distance = yes("distance");
    f.publish = yes("publish");
    f.lead_days = reader.days("lead_days", trimmed(cell("lead_days")));
    f.staff_days = reader.days("staff_days", trimmed(cell("staff_days")));
    f.cost = reader.cost(cost_word(trimmed(cell("cost"))));
    row.parts = {reader.links("materials", links_from_lines(cell("materials"))),
                 reader.links("tools", links_from_lines(cell("tools"))), list_from(cell("related"))};
    row.materials_en = lines_from(cell("materials_en"));
    row.tools_en = lines_from(cell("tools_en"));
    reader.check(row);
    return row;
}

// The names for programs, whatever stands above the columns; what is neither stays as it is.
std::vector<std::string> named(const std::vector<std::string>& header) {
    std::vector<std::string> names;
    for (const auto& typed : header) {
        const std::string word = lower_ascii(trimmed(typed));
        const auto& known = csv_columns();
        const auto at = std::find_if(known.begin(), known.end(), [&](const CsvColumn& column) {
            return word == column.name || word == lower_ascii(std::string(column.german));
        });
        names.push_back(at == known.end() ? typed : std::string(at->name));
    }
    return names;
}

// Problems name a column as the file does.
void name_as_in_file(ImportReport& report, const std::vector<std::string>& header,
                     const std::vector<std::string>& names) {
    for (auto& problem : report.problems) {
        const auto at = std::find(names.begin(), names.end(), problem.column);
        if (at != names.end()) problem.column = header[std::size_t(at - names.begin())];
    }
}

void check_header(const std::vector<std::string>& header, const std::vector<std::string>& names, ImportReport& report) {
    std::vector<std::string> known;
    for (const auto& column : csv_columns()) known.emplace_back(column.name), known.emplace_back(column.german);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (!seen.insert(names[i]).second)
            report.problems.push_back({"line 1", header[i], tr_noop("This column stands twice.")});
        if (std::find(known.begin(), known.end(), names[i]) != known.end()) continue;
        const auto near = nearest(header[i], known);
        report.problems.push_back(
            {"line 1", header[i],
             near ? tr_noop("No such column – did you mean {text}?", {{"text", *near}}) : tr_noop("No such column.")});
    }
    if (seen.count("key") == 0)
        report.problems.push_back({"line 1", "key",
                                   tr_noop("The column with the keys is missing. Perhaps the cells are "
                                           "not divided by ; , or tab?")});
}

}  // namespace

const std::vector<CsvColumn>& csv_columns() {
    static const std::vector<CsvColumn> columns{{"key", "Schlüssel"},
                                                {"title", "Format/Methode"},
                                                {"purposes", "Anwendungskategorie"},
                                                {"forms", "Umsetzungsform"},
                                                {"group_sizes", "Teilnehmerkreis"},
                                                {"distance", "Abstandsformat"},
                                                {"publish", "Veröffentlichen im Web"},
                                                {"summary", "Kurztext"},
                                                {"description", "Beschreibung"},
                                                {"tips", "Tipps und Tricks"},
                                                {"materials", "Material"},
                                                {"tools", "Tools und Online-Dienste"},
                                                {"lead_days", "Vorlauf in Tagen"},
                                                {"staff_days", "Aufwand in Personaltagen"},
                                                {"cost", "Kosten"},
                                                {"duration", "Dauer"},
                                                {"source", "Quelle"},
                                                {"related", "Verwandte Formate"},
                                                {"title_en", "Format/Methode (englisch)"},
                                                {"summary_en", "Kurztext (englisch)"},
                                                {"description_en", "Beschreibung (englisch)"},
                                                {"tips_en", "Tipps und Tricks (englisch)"},
                                                {"materials_en", "Material (englisch)"},
                                                {"tools_en", "Tools und Online-Dienste (englisch)"},
                                                {"duration_en", "Dauer (englisch)"},
                                                {"source_en", "Quelle (englisch)"}};
    return columns;
}

std::string english_lines(const std::vector<Link>& links) {
    std::vector<std::string> lines;
    bool any = false;
    for (const auto& link : links) {
        lines.push_back(link.title_en + (link.note_en.empty() ? "" : " | " + link.note_en));
        any = any || !lines.back().empty();
    }
    return any ? join(lines, "\n") : "";
}

bool put_english(std::vector<Link>& links, const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < links.size(); ++i) {
        const std::string line = i < lines.size() ? lines[i] : "";
        const auto bar = line.find('|');
        links[i].title_en = trimmed(line.substr(0, bar));
        links[i].note_en = bar == std::string::npos ? "" : trimmed(line.substr(bar + 1));
    }
    return lines.size() <= links.size();
}

std::string lines_from_links(const std::vector<Link>& links) {
    std::vector<std::string> lines;
    for (const auto& link : links)
        lines.push_back(link.title + (link.url.empty() ? "" : " <" + link.url + ">") +
                        (link.note.empty() ? "" : " | " + link.note));
    return join(lines, "\n");
}

std::vector<Link> links_from_lines(const std::string& text) {
    std::vector<Link> links;
    for (std::string line : split(text, '\n')) {
        line = trimmed(line);
        if (line.empty()) continue;
        Link link;
        if (const auto bar = line.rfind(" | "); bar != std::string::npos) {
            link.note = trimmed(line.substr(bar + 3));
            line = trimmed(line.substr(0, bar));
        }
        const auto open = line.rfind(" <");
        if (open != std::string::npos && line.back() == '>') {
            link.url = line.substr(open + 2, line.size() - open - 3);
            line = trimmed(line.substr(0, open));
        }
        link.title = line;
        links.push_back(std::move(link));
    }
    return links;
}

std::vector<ImportRow> read_import_rows(const std::string& bytes, ImportReport& report) {
    const auto first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first != std::string::npos && (bytes[first] == '{' || bytes[first] == '['))
        return rows_from_json(std::string_view(bytes).substr(first), report);
    auto read = tables::read_csv(bytes, {.max_rows = most_entries});
    if (!read) {
        for (const auto& problem : read.problems().list())
            report.problems.push_back({problem.field, "", problem.message});
        return {};
    }
    tables::Table table = std::move(*read);
    const auto header = table.header;
    table.header = named(header);
    check_header(header, table.header, report);
    if (!report.problems.empty()) return {};
    std::vector<ImportRow> rows;
    for (std::size_t i = 0; i < table.rows.size(); ++i) rows.push_back(row_from_csv(table, i, report));
    name_as_in_file(report, header, table.header);
    return rows;
}

}  // namespace mitwirken::toolbox
