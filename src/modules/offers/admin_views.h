// The pages on which offers are edited: structs into template values.
#pragma once

#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/maps/place_field.h"
#include "modules/offers/views.h"

namespace mitwirken::offers {

inline constexpr std::string_view publish_action = "offers.publish";
core::State shared_state(State state);  // as core/editorial names it
// The field "spot" for where it is; a file or another program gives lat and lon instead.
core::PlaceRules spot_rules();
std::string stored_state_name(const core::Visit& visit, State state);
html::SafeHtml admin_list_view(core::Visit& visit, const AdminFilter& filter, const std::vector<Offer>& offers,
                               const std::string& next);
// The form with what is typed or stored; `offer` is nothing for a new one.
struct EditView {
    std::optional<Offer> offer;
    Form values;
    Problems problems;
    std::vector<core::Attachment> files;
    html::SafeHtml notice;     // what somebody else changed in the meantime
    html::SafeHtml published;  // why it may not be changed
};
html::SafeHtml edit_view(core::Visit& visit, const EditView& view);
std::vector<std::string> term_names(core::Visit& visit, OfferId id);

}  // namespace mitwirken::offers
