// How offers look: structs into template values. Words of an offer ("noch 12 Tage") are made here once, for pages,
// feeds, widgets and the teasers other pages show.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/attachments/attachments.h"
#include "core/visit.h"
#include "modules/offers/offers.h"

namespace mitwirken::offers {

// All terms of the tenant that offers are classified by, and those of the offers of a page.
struct Terms {
    std::vector<core::Term> topics, districts;
    std::map<std::int64_t, std::vector<core::TermId>> of;  // by offer
    const core::Term* find(core::TermId id) const;
    std::vector<const core::Term*> topics_of(OfferId id) const;
    std::vector<const core::Term*> districts_of(OfferId id) const;
};
Terms load_terms(core::Visit& visit, const std::vector<Offer>& offers);

std::string title_in(const core::Visit& visit, const Offer& offer);
std::string summary_in(const core::Visit& visit, const Offer& offer);
std::string state_name(const core::Visit& visit, Kind kind);
std::string how_name(const core::Visit& visit, std::size_t way);  // 0 online, 1 on site, 2 paper, 3 phone
std::string how_in(const core::Visit& visit, const Offer& offer);
std::string when_in(const core::Visit& visit, const Offer& offer);
std::string left_in(const core::Visit& visit, const Offer& offer);  // "" when there is no deadline
std::string place_in(const core::Visit& visit, const Offer& offer, const Terms& terms);
std::string image_of(const Offer& offer, const Terms& terms);
std::string url_of(const Offer& offer);
// Its own point, or the centre of its district when it belongs to exactly one.
std::optional<geo::Point> point_of(const Offer& offer, const Terms& terms);

// What the list page shows, besides the address it was asked with.
struct ListView {
    Filter filter;
    ListPage page;
    Terms terms;
    Facets counts;
    std::int64_t found = 0, all = 0;
    bool default_kinds = false, map = false;
    std::vector<core::Term> topics, districts;  // chosen
};
html::SafeHtml list_view(core::Visit& visit, const ListView& view);
html::SafeHtml detail_view(core::Visit& visit, const Offer& offer, const std::vector<core::Attachment>& files,
                           bool preview);
html::SafeHtml embed_list_view(core::Visit& visit, const ListView& view);
html::SafeHtml embed_card_view(core::Visit& visit, const Offer& offer);

}  // namespace mitwirken::offers
