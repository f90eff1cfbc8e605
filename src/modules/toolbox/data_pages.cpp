// Everything published as data: JSON, CSV, RSS and the API. Only what stands in the public list goes out, and files
// that hold everything are made piece by piece, each piece in a transaction of its own.
#include <set>

#include "core/api/api.h"
#include "core/attachments/attachments.h"
#include "core/feeds/feeds.h"
#include "modules/toolbox/import.h"
#include "modules/toolbox/pages.h"
#include "platform/i18n/i18n.h"
#include "platform/search/search.h"
#include "platform/tables/csv.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
using nlohmann::ordered_json;
constexpr int piece = 100;
constexpr std::int64_t most_at_once = 500;

ordered_json links_json(const std::vector<Link>& links) {
    auto list = ordered_json::array();
    for (const auto& link : links) {
        ordered_json item{{"title", link.title}};
        if (!link.url.empty()) item["url"] = link.url;
        if (!link.note.empty()) item["note"] = link.note;
        if (!link.title_en.empty()) item["title_en"] = link.title_en;
        if (!link.note_en.empty()) item["note_en"] = link.note_en;
        list.push_back(item);
    }
    return list;
}

ordered_json files_json(db::Tx& tx, core::TenantId tenant, const core::Ref& ref, const std::string& site) {
    auto files = ordered_json::array();
    for (const auto& file : core::attachments(tx, tenant, ref))
        files.push_back({{"title", file.title},
                         {"name", file.name},
                         {"type", file.type},
                         {"bytes", file.size},
                         {"url", site + file.url()}});
    return files;
}

// The exchange format: what is written here can be imported again. `site` makes addresses absolute ("" leaves them).
ordered_json to_json(db::Tx& tx, core::TenantId tenant, const Whole& whole, const std::string& site) {
    const Format& f = whole.format;
    const auto number = [](const auto& n) { return n ? ordered_json(*n) : ordered_json(nullptr); };
    ordered_json json{{"key", f.key},
                      {"title", f.title},
                      {"title_en", f.title_en},
                      {"summary", f.summary},
                      {"summary_en", f.summary_en},
                      {"purposes", words_of(purposes(), f.purposes)},
                      {"forms", words_of(forms(), f.forms)},
                      {"group_sizes", words_of(group_sizes(), f.group_sizes)},
                      {"distance", f.distance},
                      {"publish", f.publish},
                      {"description", f.description},
                      {"description_en", f.description_en},
                      {"tips", f.tips},
                      {"tips_en", f.tips_en},
                      {"tip_materials", links_json(whole.parts.materials)},
                      {"tools", links_json(whole.parts.tools)},
                      {"related", whole.parts.related},
                      {"duration", f.duration},
                      {"duration_en", f.duration_en},
                      {"source", f.source},
                      {"source_en", f.source_en}};
    json["files"] = whole.has_files ? files_json(tx, tenant, ref_of(f.id), site) : ordered_json::array();
    json["effort"] = {
        {"lead_days", number(f.lead_days)}, {"staff_days", number(f.staff_days)}, {"cost", to_word(f.cost)}};
    json["url"] = site + "/instrumente/" + f.key;
    json["published_at"] = to_iso(f.published_at.value_or(f.changed_at));
    json["changed_at"] = to_iso(f.changed_at);
    return json;
}

ordered_json report_json(const Report& report) {
    ordered_json json{{"title", report.title},
                      {"occasion", report.occasion},
                      {"when", report.date_text},
                      {"went_well", report.went_well},
                      {"went_badly", report.went_badly},
                      {"advice", report.advice},
                      {"organisation", report.organisation}};
    json["participants"] = report.participants ? ordered_json(*report.participants) : ordered_json(nullptr);
    return json;
}

// Tables are for people: in German with German words, else with those for programs. Both can be read in again.
enum class CsvWords { german, programs };

std::string choices_cell(const Facet& facet, int mask, CsvWords words) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < facet.choices.size(); ++i)
        if (mask & (1 << i))
            texts.push_back(words == CsvWords::german ? i18n::german().tr(facet.choices[i].label)
                                                      : std::string(facet.choices[i].word));
    return join(texts, ", ");
}

std::string cost_cell(Cost cost, CsvWords words) {
    return words == CsvWords::german && cost != Cost::unknown ? i18n::german().tr(name_of(cost))
                                                              : std::string(to_word(cost));
}

std::vector<std::string> csv_head(CsvWords words) {
    std::vector<std::string> head;
    for (const auto& column : csv_columns()) head.emplace_back(words == CsvWords::german ? column.german : column.name);
    return head;
}

void csv_row(tables::CsvWriter& csv, const Whole& whole, CsvWords words) {
    const Format& f = whole.format;
    const auto number = [](const auto& n) { return n ? std::to_string(*n) : std::string(); };
    const auto yes = [&](bool value) {
        if (words == CsvWords::german) return std::string(value ? "ja" : "nein");
        return std::string(value ? "yes" : "no");
    };
    csv.row({f.key,
             f.title,
             choices_cell(purposes(), f.purposes, words),
             choices_cell(forms(), f.forms, words),
             choices_cell(group_sizes(), f.group_sizes, words),
             yes(f.distance),
             yes(f.publish),
             f.summary,
             f.description,
             f.tips,
             lines_from_links(whole.parts.materials),
             lines_from_links(whole.parts.tools),
             number(f.lead_days),
             number(f.staff_days),
             cost_cell(f.cost, words),
             f.duration,
             f.source,
             join(whole.parts.related, ","),
             f.title_en,
             f.summary_en,
             f.description_en,
             f.tips_en,
             english_lines(whole.parts.materials),
             english_lines(whole.parts.tools),
             f.duration_en,
             f.source_en});
}

constexpr std::string_view json_head = "{\"format\":\"mitwirken/toolbox\",\"version\":1,\"entries\":[";

// Appends the next piece; false when it was the last.
using Pieces = std::function<bool(db::Tx&, std::string&)>;

// What the filters of the list leave, as it is read: the facets of each entry, and what a search has found.
struct Sieve {
    int chosen = 0;
    std::optional<std::set<std::int64_t>> found;

    bool lets(const Format& format) const {
        return matches(facet_bits(format), chosen) && (!found || found->count(format.id.value) > 0);
    }
};
Sieve sieve_of(Visit& visit) {
    const auto selection = selection_from(visit.query);
    Sieve sieve{selection.chosen, {}};
    if (selection.text.empty()) return sieve;
    const auto hits =
        search::find_items(visit.tx, {visit.tenant.id.value, {"public"}, selection.text, "", "toolbox", most_hits, ""});
    sieve.found.emplace(hits.begin(), hits.end());
    return sieve;
}

Pieces json_pieces(core::TenantId tenant, const std::string& site, Sieve sieve = {}) {
    return [tenant, site, sieve = std::move(sieve), after = FormatId{}, begun = false, first = true](
               db::Tx& tx, std::string& out) mutable {
        const auto some = public_formats_after(tx, tenant, after, piece);
        if (!begun) out += json_head;
        for (const auto& whole : some) {
            after = whole.format.id;
            if (!sieve.lets(whole.format)) continue;
            out += first ? "\n" : ",\n";
            out += to_json(tx, tenant, whole, site).dump();
            first = false;
        }
        begun = true;
        if (some.empty()) out += "\n]}\n";
        return !some.empty();
    };
}

Pieces csv_pieces(core::TenantId tenant, CsvWords words, Sieve sieve) {
    auto csv = std::make_shared<tables::CsvWriter>();
    csv->row(csv_head(words));
    return [tenant, csv, words, sieve = std::move(sieve), after = FormatId{}](db::Tx& tx, std::string& out) mutable {
        const auto some = public_formats_after(tx, tenant, after, piece);
        for (const auto& whole : some)
            if (sieve.lets(whole.format)) csv_row(*csv, whole, words);
        if (!some.empty()) after = some.back().format.id;
        out += csv->take();
        return !some.empty();
    };
}

// What is small is made at once, so that it has an ETag and is kept in the page cache; the rest goes out as it is read.
http::Response in_pieces(Visit& visit, std::string_view type, Pieces pieces) {
    http::Response response;
    response.headers.set("Content-Type", type);
    response.headers.set("Access-Control-Allow-Origin", "*");
    if (counts_of(visit.tx, visit.tenant.id).total() <= most_at_once) {
        while (pieces(visit.tx, response.body)) {
        }
    } else {
        response.producer = [database = visit.house.database, pieces](std::string& out) {
            bool more = false;
            database->read([&](db::Tx& tx) { more = pieces(tx, out); });
            return more;
        };
    }
    return response;
}

std::string site_of(const Visit& visit) {
    return visit.request.scheme + "://" + std::string(visit.request.headers["Host"]);
}

}  // namespace

void export_data(db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write) {
    const auto pieces = json_pieces(tenant, "");
    for (bool more = true; more;) {
        std::string text;
        more = pieces(tx, text);
        write(text);
    }
}

http::Response json_list(Visit& visit) {
    return in_pieces(visit, "application/json; charset=utf-8",
                     json_pieces(visit.tenant.id, site_of(visit), sieve_of(visit)));
}

http::Response csv_list(Visit& visit) {
    const bool german = starts_with(visit.language.html_lang(), "de");
    const CsvWords words = german ? CsvWords::german : CsvWords::programs;
    auto response = in_pieces(visit, "text/csv; charset=utf-8", csv_pieces(visit.tenant.id, words, sieve_of(visit)));
    response.headers.set("Content-Disposition", "attachment; filename=\"instrumente.csv\"");
    return response;
}

http::Response rss(Visit& visit) {
    core::Feed feed{.title = visit.tr("New formats"),
                    .words = visit.tr("Formats of participation with instructions and experiences."),
                    .page = "/instrumente"};
    Selection selection = selection_from(visit.query);
    selection.after = selection.before = "";
    selection.order = Order::age, selection.descending = false;
    const auto lines = selection.filtered() ? list(visit.tx, visit.tenant.id, selection, 30).lines
                                            : newest(visit.tx, visit.tenant.id, 30);
    for (const auto& line : lines)
        feed.items.push_back({"/instrumente/" + line.key, title_in(visit, line.title, line.title_en),
                              title_in(visit, line.summary, line.summary_en), line.published_at()});
    return core::feed_answer(visit, feed);
}

http::Response api_list(Visit& visit) {
    const auto limit = std::size_t(core::api_limit(visit));
    const auto all = public_formats_after(visit.tx, visit.tenant.id, core::api_after<FormatId>(visit), int(limit) + 1);
    auto items = ordered_json::array();
    for (std::size_t i = 0; i < all.size() && i < limit; ++i)
        items.push_back(to_json(visit.tx, visit.tenant.id, all[i], site_of(visit)));
    const bool more = all.size() > limit;
    return core::api_page(visit, std::move(items), more ? std::to_string(all[limit - 1].format.id.value) : "");
}

http::Response api_one(Visit& visit) {
    const auto whole = public_format(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!whole) throw NotFound();
    auto json = to_json(visit.tx, visit.tenant.id, *whole, site_of(visit));
    json["experiences"] = ordered_json::array();
    for (const auto& report : reports_of(visit.tx, whole->format.id, 100))
        json["experiences"].push_back(report_json(report));
    return core::api_answer(json);
}

}  // namespace mitwirken::toolbox
