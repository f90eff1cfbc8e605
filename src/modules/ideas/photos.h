// Pictures of ideas. What somebody chooses is checked and written anew before the transaction (platform/files: no EXIF,
// no position), then lies under their pseudonym until the idea is handed in, so that no refused form loses it; with the
// idea it goes to everybody.
// Invariants: a file that no committed row names is removed with the request; the name a file had on somebody's device
// is never kept; pictures nobody hands in go after thirty days.
#pragma once

#include "core/forms/forms.h"
#include "core/visit.h"
#include "modules/ideas/ideas.h"

namespace mitwirken::ideas {

inline constexpr std::uint64_t largest_photo = 15ull * 1024 * 1024;
inline constexpr std::size_t alt_letters = 300;

// For the routes of the form: photo-1 … and photo-1-alt …; also asks for the address of a place.
void prepare_form(core::Preparation& preparation);

// What this form has waiting: of a new idea of the activity, or of a change of `idea`.
std::string waiting_role(const core::Visit& visit, const core::Contribution* idea);
std::vector<core::Attachment> waiting_photos(core::Visit& visit, const std::string& role);
// Keeps what came with this form under the pseudonym and does what it says about pictures that wait there.
// `there`: how many the idea has already.
Problems receive_photos(core::Visit& visit, const Settings& settings, const std::string& role, int there);
// Gives what waits to the idea.
void hand_over(core::Visit& visit, const std::string& role, core::ContributionId idea);
// New alt texts and removals of pictures that an idea has (kept-ID-alt, kept-ID-remove).
void change_photos(core::Visit& visit, const std::vector<core::Attachment>& photos);
std::vector<core::Attachment> photos_of(core::Visit& visit, core::ContributionId idea);
// Of an idea, those that the form does not take away.
int staying(const Form& form, const std::vector<core::Attachment>& photos);

void add_photo_fields(core::Visit& visit, core::FormView& form, const Form& values, const Problems& problems,
                      const Settings& settings, std::vector<core::Attachment> photos);
// The pictures of an idea or of its preview; `remove` is the address that takes one away ("" = nobody may), the number
// of the picture follows it.
html::SafeHtml photo_figures(const core::Visit& visit, const std::vector<core::Attachment>& photos,
                             const std::string& title, const std::string& remove);
std::string alt_of(const core::Visit& visit, const core::Attachment& photo, const std::string& title);

// Pictures that nobody handed in: a job, by the pseudonym they wait for.
void tidy_photos(core::House& house, const jobs::Job& job);
void drop_waiting(db::Tx& tx, core::TenantId tenant, core::ParticipantId who, Timestamp now);

}  // namespace mitwirken::ideas
