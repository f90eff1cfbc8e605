// The search index of dates. What must stay true: it holds only what the public may see now, and is brought up to date
// at the instants of publication.
#include "modules/calendar/events.h"
#include "platform/html/html.h"
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

}  // namespace mitwirken::calendar
