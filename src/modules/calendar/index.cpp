// The search index of dates. What must stay true: it holds only what the public may see now, and is brought up to date
// at the instants of publication.
#include "modules/calendar/events.h"
#include "platform/html/html.h"
#include "platform/jobs/jobs.h"
#include "platform/search/search.h"

namespace mitwirken::calendar {

void index(db::Tx& tx, core::TenantId tenant, const Event& event, Timestamp now) {
    if (!is_visible(event, now)) return search::remove(tx, "calendar", event.id.value);
    search::put(tx, {.tenant = tenant.value,
                     .module = "calendar",
                     .item = event.id.value,
                     .audience = "public",
                     .title = event.title,
                     .summary = event.summary,
                     .body = html::markdown_to_text(event.body) + "\n" + event.place + "\n" + event.organiser,
                     .url = "/termine/" + event.key,
                     .facet = "event",
                     .at = event.starts_at.value_or(event.changed_at)});
}

void plan_refresh(db::Tx& tx, core::TenantId tenant, const Event& event, Timestamp now) {
    if (event.state != State::published) return;
    for (const auto& at : {event.publish_at, event.unpublish_at}) {
        if (!at || *at <= now) continue;
        const std::string id = std::to_string(event.id.value);
        jobs::enqueue(tx,
                      {.kind = "calendar.refresh",
                       .payload = id,
                       .run_at = *at,
                       .unique_key = "calendar.refresh:" + id + ":" + std::to_string(at->time_since_epoch().count()),
                       .tenant = tenant.value},
                      now);
    }
}

}  // namespace mitwirken::calendar
