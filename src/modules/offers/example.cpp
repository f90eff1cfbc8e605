// The example's offers, from the city's papers.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/offers/pages.h"

namespace mitwirken::offers {

namespace {

using nlohmann::json;

std::string text_of(const json& e, const char* name) {
    return e.contains(name) && e[name].is_string() ? e[name].get<std::string>() : "";
}

Offer offer_of(const json& e, const json& english) {
    Offer o;
    o.key = e.at("key");
    o.state = State::published;
    o.title = e.at("title");
    o.summary = text_of(e, "summary");
    o.body = text_of(e, "body");
    o.results = text_of(e, "results");
    o.credit = text_of(e, "source");
    o.external_url = text_of(e, "external_url");
    if (english.contains(o.key))
        o.title_en = english[o.key].value("title", ""), o.summary_en = english[o.key].value("summary", "");
    o.how = how_from(e.value("how", std::vector<std::string>{}));
    const std::string kind = text_of(e, "kind");
    o.permanent = kind == "permanent";
    o.starts_at = begin_of(parse_date(text_of(e, "starts")));
    const auto ends = parse_date(text_of(e, "ends"));
    o.ends_at = end_of(ends);
    // What the papers call past without naming a day was over when they were written.
    if (kind == "past" && !ends) o.ends_at = end_of(parse_date("2021-01-13"));
    if (e.contains("contact") && e["contact"].is_object())
        o.contact_office = text_of(e["contact"], "office"), o.contact_email = text_of(e["contact"], "email");
    if (e.contains("place") && e["place"].is_object()) {
        o.place = text_of(e["place"], "label");
        if (e["place"].contains("lon"))
            o.lon = e["place"]["lon"].get<double>(), o.lat = e["place"]["lat"].get<double>();
    }
    std::vector<Link> links;
    for (const auto& d : e.value("documents", json::array()))
        links.push_back({"document", d.at("title"), text_of(d, "url")});
    o.links = to_json(links);
    return o;
}

}  // namespace

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("offers.json"), translations = core::example_file("translations-en.json");
    for (const auto& e : data.at("offers")) {
        Offer o = offer_of(e, translations.at("offers"));
        o.id = add(tx, tenant, o, {}, now);
        std::vector<core::TermId> terms;
        std::vector<std::string> names;
        for (const auto& [field, tree] : {std::pair{"topics", "topic"}, std::pair{"districts", "district"}})
            for (const auto& key : e.value(field, std::vector<std::string>{}))
                if (const auto term = core::find_term(tx, tenant, tree, key))
                    terms.push_back(term->id), names.push_back(term->name);
        core::classify(tx, tenant, ref_of(o.id), terms);
        core::add_revision(tx, tenant, ref_of(o.id), snapshot(o, names, ""), {}, "", now);
        index(tx, tenant, *find(tx, tenant, o.id), now);
    }
}

}  // namespace mitwirken::offers
