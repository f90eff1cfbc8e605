// What the API answers about offers, and what may be asked, for its description.
#include "core/api/api.h"
#include "modules/offers/pages.h"

namespace mitwirken::offers {

namespace {

namespace schema = core::schema;
using core::Json;

Json link() {
    return schema::object({{"kind", schema::words({"document", "news", "event", "documentation", "format"})},
                           {"title", schema::text()},
                           {"url", schema::or_null(schema::address())}});
}

Json file() {
    return schema::object({{"title", schema::text()},
                           {"url", schema::address()},
                           {"type", schema::text("Media type")},
                           {"size", schema::integer()}});
}

Json contact() {
    return schema::object({{"office", schema::text()}, {"email", schema::text()}, {"phone", schema::text()}});
}

Json offer() {
    return schema::object({{"key", schema::text()},
                           {"title", schema::text()},
                           {"summary", schema::text()},
                           {"url", schema::address()},
                           {"external_url", schema::or_null(schema::text("Where it takes place, if elsewhere"))},
                           {"state", schema::words({"running", "permanent", "planned", "past"})},
                           {"starts", schema::or_null(schema::day())},
                           {"ends", schema::or_null(schema::day())},
                           {"when", schema::text("The same in words")},
                           {"how", schema::list(schema::words({"online", "on-site", "paper", "phone"}))},
                           {"topics", schema::list(schema::ref("Term"))},
                           {"districts", schema::list(schema::ref("Term"))},
                           {"place", schema::or_null(schema::text())},
                           {"lon", schema::or_null(schema::number())},
                           {"lat", schema::or_null(schema::number())},
                           {"changed", schema::instant()},
                           {"title_en", schema::text()},
                           {"summary_en", schema::text()}},
                          {"title_en", "summary_en"});
}

Json whole_offer() {
    auto json = offer();
    const auto more = schema::object({{"text", schema::markdown()},
                                      {"results", schema::markdown()},
                                      {"contact", schema::ref("OfferContact")},
                                      {"links", schema::list(schema::ref("OfferLink"))},
                                      {"files", schema::list(schema::ref("OfferFile"))},
                                      {"source", schema::text()}},
                                     {"source"});
    json["properties"].update(more["properties"]);
    for (const auto& name : more["required"]) json["required"].push_back(name);
    return json;
}

}  // namespace

std::vector<core::ApiSchema> api_schemas() {
    return {{"Offer", offer},
            {"WholeOffer", whole_offer},
            {"OfferContact", contact},
            {"OfferLink", link},
            {"OfferFile", file}};
}

core::ApiDescription list_description() {
    core::ApiDescription api;
    api.summary = tr_noop("Ways to take part that the public sees, the nearest deadline first");
    auto topic = core::topic_parameter(), district = core::district_parameter();
    topic.many = district.many = true;
    api.query = {{.name = "state",
                  .type = "string",
                  .words = tr_noop("State, computed from the clock; all if not stated"),
                  .values = {"running", "permanent", "planned", "past", "all"},
                  .many = true},
                 topic,
                 district,
                 {.name = "how",
                  .type = "string",
                  .words = tr_noop("How people take part"),
                  .values = {"online", "on-site", "paper", "phone"},
                  .many = true},
                 {.name = "q", .type = "string", .words = tr_noop("Words to search for")},
                 core::after_parameter(),
                 core::limit_parameter()};
    api.schema = [] { return schema::page_of("Offer"); };
    return api;
}

core::ApiDescription one_description() {
    return {.summary = tr_noop("One way to take part, with texts, links and files"),
            .schema = [] { return schema::ref("WholeOffer"); }};
}

}  // namespace mitwirken::offers
