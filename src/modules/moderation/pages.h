// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"
#include "modules/moderation/moderation.h"

namespace mitwirken::moderation {

inline constexpr std::string_view decide_action = "moderation.decide";
inline const std::string desk_path = "/verwaltung/moderation";

std::string case_path(core::CaseId id);
// The name of a contribution's kind for people: "Comment", else its building block.
std::string kind_name(const core::Visit& visit, const std::string& module, const std::string& kind);
std::string title_of(const core::Contribution& contribution);

// ---- desk.cpp, case.cpp
http::Response desk_page(core::Visit& visit);
http::Response case_page(core::Visit& visit);
http::Response decide(core::Visit& visit);
http::Response take_over(core::Visit& visit);  // a case: mine, or nobody's
http::Response decide_many(core::Visit& visit);
// Everything a decision changes: rows, pages, search, followers, mails to author and to who reported it.
void carry_out(core::Visit& visit, const core::Case& which, const core::Contribution& contribution,
               const Decision& decision);
// What changes for everybody who reads.
void show_everywhere(core::Visit& visit, core::ContributionId id);
// Everything about a case on one page; with `preview` the wording as it would be, compared with the present one.
html::SafeHtml case_view(core::Visit& visit, const core::Case& which, const core::Contribution& contribution,
                         const Form& values, const Problems& problems, const core::Wording* preview = nullptr);
// ---- pictures.cpp: parts of a picture are covered; the original is read by the desk only
std::string picture_path(core::CaseId id, core::AttachmentId picture);
http::Response picture_page(core::Visit& visit);
http::Response cover(core::Visit& visit);
void prepare_cover(core::Preparation& preparation);
http::Response picture_file(core::Visit& visit);  // as it is published, for the desk
http::Response original_file(core::Visit& visit);
// ---- letters.cpp: tells the author, when there is a confirmed address
void tell_author(core::Visit& visit, const core::Contribution& contribution, const Decision& decision);
// Thanks and the outcome for everybody who reported it and has a confirmed address.
void tell_reporters(core::Visit& visit, const core::Case& which, const core::Contribution& contribution,
                    core::RulingKind ruling);
// ---- example.cpp
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);
// ---- public.cpp, figures.cpp
http::Response rules_page(core::Visit& visit);
http::Response log_page(core::Visit& visit);
http::Response log_csv(core::Visit& visit);
http::Response figures_page(core::Visit& visit);

}  // namespace mitwirken::moderation
