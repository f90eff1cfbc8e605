// The handlers of this module, for module.cpp.
#pragma once

#include <string>
#include <vector>

#include "core/forms/forms.h"
#include "core/moderation/moderation.h"
#include "core/visit.h"

namespace mitwirken::participants {

http::Response confirm_page(core::Visit& visit);
http::Response confirm(core::Visit& visit);
http::Response own_page(core::Visit& visit);
http::Response withdraw(core::Visit& visit);
http::Response make_anonymous(core::Visit& visit);
http::Response make_all_anonymous(core::Visit& visit);
http::Response remove_draft(core::Visit& visit);

std::string state_of(const core::Visit& visit, const core::Contribution& contribution);
html::SafeHtml with_head(const core::Visit& visit, const core::Heading& heading, html::Values values,
                         html::Template file, html::SafeVar head);

// ---- data_pages.cpp: taking the data along, going
http::Response readable_data(core::Visit& visit);
http::Response own_data(core::Visit& visit);
http::Response erase_page(core::Visit& visit);
http::Response erase(core::Visit& visit);
http::Response any_contribution(core::Visit& visit);

// ---- appeal.cpp: a hidden contribution is looked at again, once
bool may_appeal(const core::Contribution& contribution, const std::vector<core::Case>& cases);
std::string appeal_path(core::ContributionId id);
http::Response appeal_page(core::Visit& visit);
http::Response appeal(core::Visit& visit);

}  // namespace mitwirken::participants
