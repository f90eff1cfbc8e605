// API of building blocks whose activities are public things by themselves (surveys, polls): a list of them over all
// procedures and one by "procedure.activity".
// Invariant: shown is what everybody may see at this moment; who asks makes no difference to which activities stand in
// the list, only open_place decides about each.
#pragma once

#include <functional>

#include "core/api/api.h"
#include "core/procedures/place.h"

namespace mitwirken::core {

// The JSON of the activity of this place; `whole`: asked for by itself.
using ActivityJson = std::function<Json(Visit&, const Place&, bool whole)>;

http::Response api_activities(Visit& visit, std::string_view module, const ActivityJson& json);
http::Response api_activity(Visit& visit, std::string_view module, const ActivityJson& json);  // {key}
// What all of them say of themselves: key, title, procedure, url, open, open_until – open for this interaction.
Json api_activity_head(Visit& visit, const Place& place, std::string_view interaction);

// ---- activities_store.cpp
struct PublicActivity {
    ActivityId id;
    std::string key, procedure_key;
};
// Of procedures that stand in lists and are no drafts; by id, behind `after`.
std::vector<PublicActivity> public_activities(db::Tx& tx, TenantId tenant, const std::string& module, ActivityId after,
                                              int count);

}  // namespace mitwirken::core
