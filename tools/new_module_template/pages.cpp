// The pages of @name@: read, ask the rules, store, show. No SQL and no HTML.
#include "core/visit.h"
#include "modules/@name@/@name@.h"
#include "platform/base/text.h"

namespace mitwirken::@name@ {

namespace {

core::PageHead head(const core::Visit& visit, const Message& title) {
    core::PageHead result;
    result.title = visit.tr(title);
    result.navigation = "/@path@";
    return result;
}

}  // namespace

http::Response list_page(core::Visit& visit) {
    const ItemId before{to_int(visit.query["before"]).value_or(0)};
    auto items = list(visit.tx, visit.tenant.id, before, page_size + 1);
    std::string older;
    if (items.size() > page_size) {
        items.pop_back();
        older = visit.with("before", std::to_string(items.back().id.value));
    }
    return visit.page(head(visit, tr_noop("@title@")), list_view(visit, items, older));
}

http::Response new_page(core::Visit& visit) {
    return visit.page(head(visit, tr_noop("New entry")), form_view(visit, {}, {}));
}

http::Response add_page(core::Visit& visit) {
    const auto item = check(visit.form);
    if (!item) {
        auto again = head(visit, tr_noop("New entry"));
        again.status = 422;
        again.has_errors = true;
        return visit.page(again, form_view(visit, visit.form, item.problems()));
    }
    const ItemId id = add(visit.tx, visit.tenant.id, visit.actor.account, *item, visit.now);
    visit.record("@name@.add", {"@name@", id.value});
    return visit.go("/@path@", tr_noop("Thank you. The entry is online."));
}

}  // namespace mitwirken::@name@
