// @title@: entries with a title and a text, newest first.
// Invariants: an entry belongs to one tenant; its text is Markdown as it was typed and is made safe when it is shown.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/ids.h"
#include "platform/base/form.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"
#include "platform/html/html.h"
#include "platform/http/message.h"

namespace mitwirken::core {
class Visit;
}

namespace mitwirken::@name@ {

using ItemId = Id<struct ItemTag>;

inline constexpr std::size_t title_letters = 120;
inline constexpr std::size_t body_letters = 5000;
inline constexpr int page_size = 20;

struct NewItem {
    std::string title, body;
};
// The fields stand in the order of the SELECT in store.cpp.
struct Item {
    ItemId id;
    std::string title, body;
    Timestamp created_at;
};

// ---- rules: @name@.cpp
Result<NewItem> check(const Form& form);

// ---- store.cpp
ItemId add(db::Tx& tx, core::TenantId tenant, core::AccountId by, const NewItem& item, Timestamp now);
// Newest first, those older than `before`; ItemId{} = from the newest on. At most `count`.
std::vector<Item> list(db::Tx& tx, core::TenantId tenant, ItemId before, int count);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

// ---- pages.cpp
http::Response list_page(core::Visit& visit);
http::Response new_page(core::Visit& visit);
http::Response add_page(core::Visit& visit);

// ---- views.cpp
html::SafeHtml list_view(const core::Visit& visit, const std::vector<Item>& items, const std::string& older);
html::SafeHtml form_view(const core::Visit& visit, const Form& form, const Problems& problems);

}  // namespace mitwirken::@name@
