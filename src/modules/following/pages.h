// The handlers of this module and what they share, for module.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/forms/forms.h"
#include "modules/following/audience.h"

namespace mitwirken::following {

inline const std::string base = "/folgen";
inline const std::string own_base = "/folgen/meine";
inline constexpr std::string_view manage_link = "following.manage";
inline constexpr std::string_view confirm_link = "following.confirm";
inline constexpr std::string_view end_link = "following.end";

// ---- things.cpp: what can be followed, as addresses name it
// Reads verfahren=, vorhaben=, thema=, bezirk=, lon= lat= ort= umkreis=, q= art=. Nothing when the address names none;
// NotFound when what it names is not public.
std::optional<Follow> thing_in(core::Visit& visit, const Form& from);
// The same parameters again, for hidden fields and links.
Form to_form(core::Visit& visit, const Follow& thing);
struct Named {
    std::string kind, name, url;  // "Procedure", "SMART RHINO", its page; url "" when there is none any more
};
Named name_of(core::Visit& visit, const Follow& thing);
// The same without a request, for mails.
std::string name_of(db::Tx& tx, const i18n::Language& language, core::TenantId tenant, const Follow& thing);
// Addresses of its feeds, "" when it has none: the part before ".rss" and its query.
struct FeedAddress {
    std::string news, calendar, query;
};
FeedAddress feeds_of(core::Visit& visit, const Follow& thing);
// Where a circle's centre is, by what somebody typed: coordinates, or the name of a district. The one place that looks
// an address up.
struct Centre {
    geo::Point point;
    std::string label;
};
std::optional<Centre> look_up(core::Visit& visit, const std::string& typed);

// ---- follow_pages.cpp
http::Response follow_page(core::Visit& visit);
http::Response follow(core::Visit& visit);
std::vector<core::Option> rhythm_options(const core::Visit& visit);
std::optional<Rhythm> rhythm_from(std::string_view word);
std::string rhythm_name(const i18n::Language& language, Rhythm rhythm);

// ---- confirm_pages.cpp: the mail leads here, the button counts
void ask_to_confirm(core::Visit& visit, Reader& reader);
http::Response confirm_page(core::Visit& visit);
http::Response confirm(core::Visit& visit);

// ---- own_pages.cpp: everything one follows, by sign-in, by the browser or by the link of a mail
// The proven address of who is here; "" when there is none.
std::string proven_address(core::Visit& visit);
std::optional<Reader> reader_here(core::Visit& visit);
// The reader of the token in the address; NotFound with words when it is none of ours.
Reader reader_of_link(core::Visit& visit, std::string_view purpose);
std::string link_to(const core::Visit& visit, std::string_view purpose, const Reader& reader);
http::Response own_page(core::Visit& visit);
http::Response save_own(core::Visit& visit);
http::Response link_page(core::Visit& visit);
http::Response save_by_link(core::Visit& visit);
http::Response send_link(core::Visit& visit);

// ---- end_pages.cpp: one click ends (RFC 8058)
http::Response end_page(core::Visit& visit);
http::Response end(core::Visit& visit);

// ---- data_pages.cpp
http::Response thing_news(core::Visit& visit);
http::Response thing_calendar(core::Visit& visit);
http::Response open_news(core::Visit& visit);      // a circle, a search, or everything
http::Response open_calendar(core::Visit& visit);  // the same; everything: all procedures

// ---- box.cpp: the box on a procedure's page
std::vector<core::ProcedureSection> sections(core::Visit& visit, const core::Place& place);

// ---- mails.cpp
void send_due(core::House& house, const jobs::Job& job);
// What a happening says, in words; nothing when it is not public any more.
struct Said {
    std::string group, group_url;  // under which heading: the procedure
    std::string title, text, url;
};
std::optional<Said> say(db::Tx& tx, const i18n::Language& language, const Happening& happening);

// ---- steps.cpp
void tell_steps(core::House& house, const jobs::Job& job);

// ---- keeping.cpp: data of persons, and what is forgotten at night
nlohmann::json export_of(db::Tx& tx, const std::vector<Reader>& readers);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
nlohmann::json export_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId participant);
void erase_person(db::Tx& tx, core::AccountId account, Timestamp now);
void erase_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId participant, core::Keep keep,
                       Timestamp now);
void nightly(core::House& house, const jobs::Job& job);
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::following
