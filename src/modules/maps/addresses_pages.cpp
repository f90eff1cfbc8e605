// The list of addresses: its administration, and the search that the map asks.
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/access/throttle.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/maps/place_field.h"
#include "maps/templates.h"
#include "modules/maps/pages.h"
#include "platform/base/text.h"
#include "platform/tables/csv.h"

namespace mitwirken::maps {

namespace {

using core::Visit;
constexpr std::uint64_t most_bytes = 60'000'000;
constexpr std::size_t shown_problems = 100;

// What the route's prepare function found in the file.
struct SentList {
    std::string name;
    bool too_large = false;
    core::ReadAddresses read;
};

core::PageHead head_of(const Visit& visit) {
    return {.title = visit.tr("Addresses"), .navigation = std::string(addresses_base), .kind = "admin", .admin = true};
}

std::string place_words(const Visit& visit, const std::string& place) {
    if (starts_with(place, "line ")) return visit.tr(tr_noop("Line {n}", {{"n", place.substr(5)}}));
    if (starts_with(place, "entries[") && place.back() == ']')
        if (const auto number = to_int(place.substr(8, place.size() - 9)))
            return visit.tr(tr_noop("Entry {n}", {{"n", std::to_string(*number + 1)}}));
    return visit.tr("File");
}

html::SafeHtml problem_table(const Visit& visit, const SentList& sent) {
    core::TableView view{.id = "problems", .caption = visit.tr("What has to be put right")};
    view.columns = {visit.tr("Where in the file"), visit.tr("Column"), visit.tr("What is wrong")};
    for (const auto& line : sent.read.problems) {
        if (view.rows.size() >= shown_problems) break;
        view.rows.push_back({core::text_cell(place_words(visit, line.place)), core::text_cell(line.column),
                             core::text_cell(visit.tr(line.message))});
    }
    return core::table(visit, view);
}

html::SafeHtml upload_form(Visit& visit, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.file("file", tr_noop("File"))
        .takes(".csv,.json,.geojson")
        .hint(tr_noop(
            "CSV with a heading (Straße, Hausnummer, Zusatz, PLZ, Ort, x, y), or GeoJSON with points. Positions "
            "in degrees or in UTM 32 (EPSG:25832). At most 400,000 addresses and 60 MB."));
    return form.html({.action = std::string(addresses_base),
                      .submit = tr_noop("Replace the list"),
                      .has_files = true,
                      .once = false});
}

void add_trial(Visit& visit, html::Values& page) {
    namespace t = tpl::addresses;
    const std::string typed = trimmed(visit.query["q"]);
    page.set(t::Q, typed).set(t::ACTION, visit.url(addresses_base));
    if (typed.empty()) return;
    const auto found = core::find_addresses(visit.tx, visit.tenant.id, typed);
    if (found.empty()) page.show(t::NOTHING);
    for (const auto& one : found) page.add(t::HIT).set(t::TEXT, one.label);
}

html::SafeHtml content(Visit& visit, const SentList* sent, const Problems& problems) {
    namespace t = tpl::addresses;
    html::Values page;
    page.set(
        t::HEAD,
        core::admin_head(
            visit, {.title = visit.tr("Addresses"),
                    .lead = visit.tr("People find places by these addresses. The list is your "
                                     "own; what somebody searches for stays on this server."),
                    .links = {{std::string(addresses_base) + "/liste.csv", visit.tr("The list as CSV"), "download"}}}));
    if (sent && !sent->read.problems.empty())
        page.add(t::PROBLEMS)
            .set(t::WORDS, visit.language.plural("One thing has to be put right. Nothing was changed.",
                                                 "{n} things have to be put right. Nothing was changed.",
                                                 std::int64_t(sent->read.problems.size())))
            .set(t::TABLE, problem_table(visit, *sent));
    const auto list = core::address_list(visit.tx, visit.tenant.id);
    if (list)
        page.add(t::LIST)
            .set(t::ADDRESSES, visit.language.number(list->addresses))
            .set(t::STREETS, visit.language.number(list->streets))
            .set(t::SOURCE, list->source)
            .set(t::WHEN, visit.language.date_time(list->imported_at))
            .show_if(list->invented, t::INVENTED);
    else
        page.show(t::NONE);
    page.show_if(visit.house.geocoder != nullptr, t::SERVICE);
    add_trial(visit, page);
    page.set(t::FORM, upload_form(visit, problems));
    return html::render_part(t::file, page, visit.language);
}

}  // namespace

http::Response addresses_json(Visit& visit) {
    auto list = nlohmann::json::array();
    const std::string typed = first_letters(trimmed(visit.query["q"]), 200);
    const auto found = core::addresses_for(visit, typed);
    for (const auto& one : found.value_or(std::vector<core::FoundPlace>{}))
        list.push_back({{"label", one.label}, {"lon", one.point.lon}, {"lat", one.point.lat}});
    auto response = http::Response::json(200, nlohmann::json{{"addresses", list}}.dump());
    response.headers.set("Cache-Control", "no-store");  // nobody keeps what was searched for
    return response;
}

http::Response addresses_page(Visit& visit) { return visit.page(head_of(visit), content(visit, nullptr, {})); }

void read_upload(core::Preparation& p) {
    for (const auto& upload : p.uploads) {
        SentList sent{clean(upload.file_name), upload.size > most_bytes, {}};
        if (!sent.too_large) {
            std::ifstream in(upload.path, std::ios::binary);
            sent.read = core::read_addresses({std::istreambuf_iterator<char>(in), {}});
        }
        p.result = std::move(sent);
        return;
    }
}

http::Response import_page(Visit& visit) {
    const auto* sent = visit.prepared<SentList>();
    Problems problems;
    if (!sent)
        problems.add("file", tr_noop("Please choose a file."));
    else if (sent->too_large)
        problems.add("file", tr_noop("The file is larger than 60 MB. Please divide it."));
    if (problems.any() || !sent->read.problems.empty())
        return core::show_again(visit, head_of(visit), content(visit, sent, problems));
    core::replace_addresses(visit.tx, visit.tenant.id, sent->read.rows,
                            {.name = first_letters(sent->name, 200), .by = visit.actor.account}, visit.now);
    visit.record("maps.addresses", {"maps", 0}, std::to_string(sent->read.rows.size()));
    return visit.go(addresses_base, tr_noop("The list is replaced: {count} addresses.",
                                            {{"count", visit.language.number(std::int64_t(sent->read.rows.size()))}}));
}

http::Response addresses_csv(Visit& visit) {
    tables::CsvWriter writer;
    writer.row({"Straße", "Hausnummer", "Zusatz", "PLZ", "Ort", "lon", "lat"});
    core::each_address(visit.tx, visit.tenant.id, [&](core::AddressRow&& row) {
        writer.row({row.street, std::to_string(row.number), row.suffix, row.postcode, row.place,
                    fmt::format("{:.7f}", row.lon), fmt::format("{:.7f}", row.lat)});
        return true;
    });
    http::Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition", "attachment; filename=\"adressen.csv\"");
    response.body = writer.take();
    return response;
}

}  // namespace mitwirken::maps
