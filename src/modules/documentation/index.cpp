// The search index of documentations, and the rows that bring it up to date when publication begins and ends.
#include "modules/documentation/documentation.h"
#include "platform/html/html.h"
#include "platform/search/search.h"

namespace mitwirken::documentation {

void index(db::Tx& tx, core::TenantId tenant, const Whole& whole, Timestamp now) {
    const Document& d = whole.document;
    if (!core::is_public(d.schedule(), now)) return search::remove(tx, "documentation", d.id.value);
    search::put(tx, {.tenant = tenant.value,
                     .module = "documentation",
                     .item = d.id.value,
                     .audience = "public",
                     .title = d.title,
                     .summary = d.lead,
                     .body = html::markdown_to_text(plain_text(whole)),
                     .url = "/ergebnisse/" + d.key,
                     .facet = "result",
                     .at = d.sort_at});
}

}  // namespace mitwirken::documentation
