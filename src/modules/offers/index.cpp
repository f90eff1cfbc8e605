// What happens beside a change of an offer: the search index, rows for the instants of publication, and the
// announcements of other modules.
#include <algorithm>

#include "core/domain_events.h"
#include "core/editorial/editorial.h"
#include "modules/offers/offers.h"
#include "platform/html/html.h"
#include "platform/search/search.h"

namespace mitwirken::offers {

void index(db::Tx& tx, core::TenantId tenant, const Offer& offer, Timestamp now) {
    if (!is_visible(offer, now)) return search::remove(tx, "offers", offer.id.value);
    search::put(tx, {.tenant = tenant.value,
                     .module = "offers",
                     .item = offer.id.value,
                     .audience = "public",
                     .title = offer.title,
                     .summary = offer.summary,
                     .body = html::markdown_to_text(offer.body) + "\n" + html::markdown_to_text(offer.results) + "\n" +
                             offer.place,
                     .url = "/angebote/" + offer.key,
                     .facet = "offer",
                     .at = offer.publish_at});
}

void plan_refresh(db::Tx& tx, core::TenantId tenant, const Offer& offer, Timestamp now) {
    if (offer.state != State::published) return;
    core::Schedule schedule{core::State::published, offer.publish_at, {}};
    if (offer.unpublish_at != no_end) schedule.unpublish_at = offer.unpublish_at;
    core::plan_refresh(tx, tenant, ref(offer.id), schedule, now);
}

void announced(db::Tx& tx, core::TenantId tenant, const core::ParticipationAnnounced& event, Timestamp now) {
    auto offer = find_source(tx, tenant, event.source);
    const bool known = offer.has_value();
    if (!known) offer.emplace();
    take_over(*offer, event, now);
    // What a person here has put aside stays aside; what its source had withdrawn comes back.
    if (!known || was_withdrawn(tx, offer->id)) offer->state = State::published;
    if (known)
        save(tx, tenant, *offer, {}, now);
    else
        offer->id = add(tx, tenant, *offer, {}, now);
    offer = find(tx, tenant, offer->id);
    set_withdrawn(tx, offer->id, false);
    core::classify(tx, tenant, ref(offer->id), event.terms);
    core::add_revision(tx, tenant, ref(offer->id), snapshot(*offer, {}, ""), {}, "", now);
    index(tx, tenant, *offer, now);
}

void withdrawn(db::Tx& tx, core::TenantId tenant, const core::Ref& source, Timestamp now) {
    auto offer = find_source(tx, tenant, source);
    if (!offer || offer->state == State::archived) return;
    offer->state = State::archived;
    save(tx, tenant, *offer, {}, now);
    set_withdrawn(tx, offer->id, true);
    index(tx, tenant, *offer, now);
}

}  // namespace mitwirken::offers
