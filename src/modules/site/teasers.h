// What other modules tell of themselves, gathered and put on cards. Nothing here knows which modules there are.
#pragma once

#include "core/taxonomy/taxonomy.h"
#include "core/visit.h"

namespace mitwirken::site {

// From every module; "coming" and "news" in order of their days, the rest in the order of the modules.
std::vector<core::Teaser> collect(core::Visit& visit, const core::TeaserQuery& query);

// The terms of both trees, to put words to teasers.
struct Words {
    std::vector<core::Term> topics, districts;
    explicit Words(core::Visit& visit);
};
void fill_card(core::Visit& visit, html::Values card, const core::Teaser& teaser, const Words& words);
void fill_event(core::Visit& visit, html::Values event, const core::Teaser& teaser, const Words& words);
void fill_news(core::Visit& visit, html::Values item, const core::Teaser& teaser);
// Where a teaser belongs: "Hörde, Eving", "5 districts", "The whole city".
std::string place_of(core::Visit& visit, const core::Teaser& teaser, const Words& words);

}  // namespace mitwirken::site
