// The example's news, from the city's papers.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/procedures/records.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/news/pages.h"

namespace mitwirken::news {

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("news.json");
    for (const auto& e : data.at("news")) {
        Article a;
        a.key = e.at("key");
        a.state = core::State::published;
        a.title = e.at("title");
        a.kicker = e.value("kicker", "");
        a.lead = e.at("lead");
        a.body = e.at("body");
        a.source = e.value("source", "");
        a.day = parse_date(e.at("date").get<std::string>()).value();
        if (const auto procedure = core::find_procedure(tx, tenant, e.value("procedure", "")))
            a.procedure = procedure->id;
        a.id = add(tx, tenant, a, {}, now);
        std::vector<core::TermId> terms;
        std::vector<std::string> names;
        for (const auto& [field, tree] : {std::pair{"topics", "topic"}, std::pair{"districts", "district"}})
            for (const auto& key : e.value(field, std::vector<std::string>{}))
                if (const auto term = core::find_term(tx, tenant, tree, key))
                    terms.push_back(term->id), names.push_back(term->name);
        core::classify(tx, tenant, ref_of(a.id), terms);
        core::add_revision(tx, tenant, ref_of(a.id), snapshot(a, names), {}, "", now);
        index(tx, tenant, a, now);
    }
}

}  // namespace mitwirken::news
