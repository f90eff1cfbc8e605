// Ideas as tables and as places, in pieces: memory stays the same however many there are, and no transaction lasts
// long. CSV cells that a spreadsheet would take for a formula get a leading ' (tables/csv.h); XLSX cells are always
// text. Everybody gets what is public; the office also what waits for the desk or is hidden ("?alle=ja"). What its
// author has withdrawn is in no file.
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/taxonomy/taxonomy.h"
#include "modules/ideas/own_fields.h"
#include "modules/ideas/pages.h"
#include "platform/base/text.h"
#include "platform/tables/csv.h"
#include "platform/tables/xlsx.h"

namespace mitwirken::ideas {

namespace {

using core::Visit;
using nlohmann::json;
constexpr int piece = 200;

// Everything the lines need; shared with the producer, which outlives the visit.
struct Export {
    core::TenantId tenant;
    core::ActivityId activity;
    bool everything = false;  // for the office: every state and every field
    std::vector<OwnField> fields;
    std::map<std::int64_t, std::pair<std::string, bool>> terms;  // name, is it a topic
    std::map<std::string, std::string> statuses;
    std::vector<std::string> channels, states, head;
    std::string address, yes, no;
    LineKey key;
};

struct Row {
    Line line;
    std::vector<std::string> topics, districts;
};

std::shared_ptr<Export> new_export(Visit& visit) {
    auto e = std::make_shared<Export>();
    const auto& activity = *visit.place().activity;
    e->tenant = visit.tenant.id;
    e->activity = activity.id;
    e->everything = is_staff(visit) && visit.query["alle"] == "ja";
    e->head = {visit.tr("Number"),    visit.tr("Title"),    visit.tr("Text"),
               visit.tr("Topics"),    visit.tr("District"), visit.tr("Status"),
               visit.tr("Reason"),    visit.tr("Supports"), visit.tr("Comments"),
               visit.tr("Channel"),   visit.tr("Author"),   visit.tr("Came on"),
               visit.tr("Longitude"), visit.tr("Latitude"), visit.tr("Address of the page")};
    if (e->everything) e->head.push_back(visit.tr("Visibility"));
    for (const auto& field : settings(visit).fields) {
        if (!field.is_public && !e->everything) continue;
        e->fields.push_back(field);
        e->head.push_back(field.label);
    }
    for (const char* tree : {"topic", "district"})
        for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree))
            e->terms[term.id.value] = {term.name_in(visit.language.code()), std::string_view(tree) == "topic"};
    for (const auto& [status, name] : statuses()) e->statuses[status] = visit.tr(name);
    for (int i = 0; i < 6; ++i) e->channels.push_back(visit.tr(channel_name(core::Channel(i))));
    e->states = {visit.tr("waits for confirmation"), visit.tr("waits for the desk"), visit.tr("public"),
                 visit.tr("hidden"), visit.tr("withdrawn")};
    e->address = visit.absolute(base(visit)) + "/";
    e->yes = visit.tr("Yes");
    e->no = visit.tr("No");
    return e;
}

// The next piece; empty at the end.
std::vector<Row> next_piece(db::Database& database, Export& e) {
    std::vector<Row> rows;
    database.read([&](db::Tx& tx) {
        rows.clear();
        LineKey key = e.key;
        std::vector<std::int64_t> items;
        std::map<std::int64_t, std::size_t> at;
        for (auto& line : lines_after(tx, e.activity, e.everything, key, piece)) {
            items.push_back(line.id.value);
            at[line.id.value] = rows.size();
            rows.push_back({std::move(line), {}, {}});
        }
        if (!items.empty())
            for (const auto& one : core::terms_of(tx, e.tenant, "ideas", items))
                if (const auto term = e.terms.find(one.term.value); term != e.terms.end()) {
                    auto& row = rows[at[one.item]];
                    (term->second.second ? row.topics : row.districts).push_back(term->second.first);
                }
        e.key = key;
    });
    return rows;
}

std::string answer_in(const Export& e, const json& fields, const OwnField& field) {
    if (!fields.is_object() || !fields.contains(field.key) || !fields[field.key].is_string()) return "";
    const auto value = fields[field.key].get<std::string>();
    if (field.kind != OwnField::Kind::yes_no) return value;
    return value == "ja" ? e.yes : value == "nein" ? e.no : value;
}

std::string status_in(const Export& e, const std::string& status) {
    const auto at = e.statuses.find(status);
    return at == e.statuses.end() ? status : at->second;
}

std::vector<tables::XlsxCell> cells_of(const Export& e, const Row& row) {
    const Line& l = row.line;
    std::vector<tables::XlsxCell> cells = {l.id.value,
                                           l.title,
                                           l.body,
                                           join(row.topics, ", "),
                                           join(row.districts, ", "),
                                           status_in(e, l.status),
                                           l.status_reason,
                                           l.supports,
                                           l.comments,
                                           e.channels[std::size_t(l.channel)],
                                           l.author_name,
                                           l.created_at};
    for (const auto& number : {l.lon, l.lat}) {
        if (number)
            cells.emplace_back(*number);
        else
            cells.emplace_back(std::monostate());
    }
    cells.emplace_back(e.address + std::to_string(l.id.value));
    if (e.everything) cells.emplace_back(e.states[std::size_t(l.state)]);
    const auto fields = json::parse(l.fields, nullptr, false);
    for (const auto& field : e.fields) cells.emplace_back(answer_in(e, fields, field));
    return cells;
}

struct AsText {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return json(number).dump(); }
    std::string operator()(Date day) const { return to_iso(day); }
    std::string operator()(Timestamp at) const { return to_iso(at); }
};

json feature_of(const Export& e, const Row& row) {
    const Line& l = row.line;
    json properties{{"id", l.id.value},
                    {"title", l.title},
                    {"text", l.body},
                    {"topics", row.topics},
                    {"districts", row.districts},
                    {"status", l.status},
                    {"supports", l.supports},
                    {"comments", l.comments},
                    {"channel", db::Names<core::Channel>::words[std::size_t(l.channel)]},
                    {"created_at", to_iso(l.created_at)},
                    {"url", e.address + std::to_string(l.id.value)}};
    const auto fields = json::parse(l.fields, nullptr, false);
    for (const auto& field : e.fields)
        if (auto value = answer_in(e, fields, field); !value.empty()) properties["fields"][field.key] = value;
    auto geometry = json::parse(l.place, nullptr, false);
    return {{"type", "Feature"},
            {"id", l.id.value},
            {"geometry", geometry.is_object() ? geometry : json()},
            {"properties", std::move(properties)}};
}

http::Response download(const Visit& visit, const std::string& type, const std::string& ending) {
    http::Response response;
    response.headers.set("Content-Type", type);
    response.headers.set("Content-Disposition",
                         "attachment; filename=\"" + visit.place().activity->key + ending + "\"");
    return response;
}

}  // namespace

http::Response export_csv(Visit& visit) {
    auto e = new_export(visit);
    auto csv = std::make_shared<tables::CsvWriter>();
    csv->row(e->head);
    auto response = download(visit, "text/csv; charset=utf-8", ".csv");
    response.producer = [e, csv, database = visit.house.database](std::string& out) {
        const auto some = next_piece(*database, *e);
        for (const auto& row : some) {
            std::vector<std::string> line;
            for (const auto& cell : cells_of(*e, row)) line.push_back(std::visit(AsText{}, cell));
            csv->row(line);
        }
        out += csv->take();
        return !some.empty();
    };
    return response;
}

http::Response export_xlsx(Visit& visit) {
    auto e = new_export(visit);
    auto book = std::make_shared<tables::XlsxWriter>(visit.now);
    book->sheet(visit.tr("Ideas"), e->head);
    auto response = download(visit, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx");
    response.producer = [e, book, database = visit.house.database](std::string& out) {
        const auto some = next_piece(*database, *e);
        for (const auto& row : some) book->row(cells_of(*e, row));
        if (!some.empty()) return true;
        out += book->finish();
        return false;
    };
    return response;
}

http::Response export_geojson(Visit& visit) {
    auto e = new_export(visit);
    auto response = download(visit, "application/geo+json", ".geojson");
    auto first = std::make_shared<bool>(true);
    response.producer = [e, first, database = visit.house.database](std::string& out) {
        const auto some = next_piece(*database, *e);
        if (*first) out += R"({"type":"FeatureCollection","features":[)";
        for (std::size_t i = 0; i < some.size(); ++i) {
            if (i > 0 || !*first) out += ",\n";
            out += feature_of(*e, some[i]).dump();
        }
        if (!some.empty()) *first = false;
        if (some.empty()) out += "]}\n";
        return !some.empty();
    };
    return response;
}

}  // namespace mitwirken::ideas
