// The example's offers: example/dortmund/offers.json, with the titles of what they refer to.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/people/people.h"
#include "modules/offers/pages.h"

namespace mitwirken::offers {

namespace {

using nlohmann::json;

// A fixed day, or one counted from the day on which the example is loaded ("ends_in": 9), so that it stays ahead.
std::optional<Date> day_of(const json& item, const std::string& name, Timestamp now) {
    if (item.contains(name + "_in")) return add_days(berlin_day(now), item[name + "_in"].get<int>());
    return item.contains(name) && item[name].is_string() ? parse_date(item[name].get<std::string>()) : std::nullopt;
}

// key -> title of a list of the example.
std::map<std::string, std::string> titles(const char* file, const char* list) {
    std::map<std::string, std::string> result;
    const json all = core::example_file(file);  // must outlive the loop
    for (const auto& item : all.at(list)) result[item.at("key")] = item.at("title");
    return result;
}

struct Known {
    std::map<std::string, std::string> news = titles("news.json", "news"), events = titles("events.json", "events");
    json dialogue = core::example_file("dialogue-2020.json");
    json english = core::example_file("translations-en.json").at("offers");
    std::map<std::string, core::TermId> topics, districts;
    std::map<std::string, core::OrganisationId> departments;  // by name
};

std::vector<Link> links(const json& item, const Known& known) {
    std::vector<Link> list;
    for (const auto& document : item.value("documents", json::array()))
        list.push_back({"document", document.at("title"), document.value("url", "")});
    for (const auto& key : item.value("events", json::array()))
        list.push_back({"event", known.events.at(key), "/termine/" + key.get<std::string>()});
    for (const auto& key : item.value("news", json::array()))
        list.push_back({"news", known.news.at(key), "/neuigkeiten/" + key.get<std::string>()});
    if (known.dialogue.at("offer") == item.at("key"))
        list.push_back({"documentation", known.dialogue.at("title"),
                        "/ergebnisse/" + known.dialogue.at("key").get<std::string>()});
    return list;
}

Offer read(const json& item, const Known& known, Timestamp now) {
    Offer offer;
    offer.key = item.at("key");
    offer.state = State::published;
    offer.publish_at = now;
    offer.title = item.at("title");
    offer.summary = item.at("summary");
    offer.body = item.value("body", "");
    offer.results = item.value("results", "");
    offer.credit = item.value("source", "");
    offer.external_url = item.value("external_url", "");
    offer.permanent = item.at("kind") == "permanent";
    offer.starts_at = begin_of(day_of(item, "starts", now));
    offer.ends_at = end_of(day_of(item, "ends", now));
    offer.when_text = item.value("approximate", "");
    offer.how = how_from(item.at("how").get<std::vector<std::string>>());
    if (const auto place = item.find("place"); place != item.end() && place->is_object()) {
        offer.lon = place->at("lon").get<double>(), offer.lat = place->at("lat").get<double>();
        offer.place = place->at("label");
    }
    const auto& contact = item.at("contact");
    offer.contact_office = contact.value("office", "");
    offer.contact_email = contact.value("email", "");
    if (const auto at = known.departments.find(offer.contact_office); at != known.departments.end())
        offer.organisation = at->second;
    if (known.english.contains(offer.key)) {
        offer.title_en = known.english[offer.key].value("title", "");
        offer.summary_en = known.english[offer.key].value("summary", "");
    }
    offer.links = to_json(links(item, known));
    return offer;
}

}  // namespace

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    Known known;
    for (const auto& term : core::terms(tx, tenant, "topic")) known.topics[term.key] = term.id;
    for (const auto& term : core::terms(tx, tenant, "district")) known.districts[term.key] = term.id;
    for (const auto& department : core::organisations(tx, tenant)) known.departments[department.name] = department.id;
    const json all = core::example_file("offers.json");  // must outlive the loop
    for (const auto& item : all.at("offers")) {
        Offer offer = read(item, known, now);
        offer.id = add(tx, tenant, offer, {}, now);
        std::vector<core::TermId> terms;
        for (const auto& key : item.at("topics")) terms.push_back(known.topics.at(key));
        for (const auto& key : item.at("districts")) terms.push_back(known.districts.at(key));
        core::classify(tx, tenant, ref(offer.id), terms);
        std::vector<std::string> names;
        for (const auto& term : core::terms_of(tx, tenant, ref(offer.id))) names.push_back(term.name);
        core::add_revision(tx, tenant, ref(offer.id), snapshot(offer, names, offer.contact_office), {}, "", now);
        index(tx, tenant, offer, now);
    }
}

}  // namespace mitwirken::offers
