// Double opt-in: one mail to an address that was typed, a page with a button behind its link. Opening the page does
// nothing, so filters that open links confirm for nobody.
#include "core/notify/letter.h"
#include "following/templates.h"
#include "modules/following/pages.h"

namespace mitwirken::following {

namespace {

using core::Visit;

std::vector<Follow> waiting_of(db::Tx& tx, const Reader& reader, Timestamp now) {
    std::vector<Follow> waiting;
    for (auto& follow : follows_of(tx, reader.id))
        if (!follow.confirmed_at && follow.created_at > now - confirm_within) waiting.push_back(std::move(follow));
    return waiting;
}

}  // namespace

void ask_to_confirm(Visit& visit, Reader& reader) {
    if (!may_ask(reader, visit.now)) return;
    reader.asked_at = visit.now;
    ++reader.asked;
    save_reader(visit.tx, reader);
    const core::Letter letter{
        .subject = visit.tr("Please confirm that you want to follow"),
        .words = {visit.tr(tr_noop("somebody – probably you – has typed this address at {site} to be told when "
                                   "something happens. Please open the page and press the button there; then we write "
                                   "to you. The link works for three days.",
                                   {{"site", visit.tenant.site_name}})),
                  visit.tr("If it was not you, you need not do anything: without the button we send nothing more, and "
                           "your address is deleted.")},
        .url = visit.absolute(base + "/bestaetigen/" + sign_link(visit.house.key, confirm_link, reader)),
        .button = visit.tr("See what it is and confirm"),
        .kind = tr_noop("Confirmation of a follow")};
    core::send_mail(visit.tx, visit.tenant.id, core::compose(visit.language, visit.tenant, reader.email, letter),
                    visit.now);
}

http::Response confirm_page(Visit& visit) {
    namespace t = tpl::confirm;
    const Reader reader = reader_of_link(visit, confirm_link);
    html::Values page;
    const std::string title = visit.tr("Confirm that you want to follow");
    page.set(t::HEAD, core::page_head(visit, {.title = title}));
    page.set(t::OWN_URL, visit.url(link_to(visit, manage_link, reader)));
    const auto waiting = waiting_of(visit.tx, reader, visit.now);
    if (waiting.empty()) {
        page.show(t::NONE);
    } else {
        auto box = page.add(t::WAITING).set(t::ACTION, visit.url(visit.path)).set(t::EMAIL, reader.email);
        for (const auto& follow : waiting) {
            const auto named = name_of(visit, follow);
            box.add(t::ITEM)
                .set(t::KIND, named.kind)
                .set(t::NAME, named.name)
                .set(t::RHYTHM, rhythm_name(visit.language, follow.rhythm));
        }
    }
    return visit.page({.title = title, .kind = "form", .index = false}, t::file, page);
}

http::Response confirm(Visit& visit) {
    Reader reader = reader_of_link(visit, confirm_link);
    const auto known = follows_of(visit.tx, reader.id);
    for (const auto& follow : waiting_of(visit.tx, reader, visit.now)) {
        // Followed before: only how often we write is new.
        const auto same = std::find_if(known.begin(), known.end(), [&](const Follow& other) {
            return other.confirmed_at && same_thing(other, follow);
        });
        if (same == known.end()) {
            confirm_follow(visit.tx, follow.id, visit.now);
        } else {
            set_rhythm(visit.tx, same->id, follow.rhythm);
            end_follow(visit.tx, follow.id);
        }
    }
    reader.asked = 0;
    reader.asked_at.reset();
    // Whoever holds the mailbox also holds this browser: what it hands in is the reader's own act.
    reader.participant = visit.need_participant().id;
    save_reader(visit.tx, reader);
    return visit.go(link_to(visit, manage_link, reader), tr_noop("Thank you. We write to you from now on."));
}

}  // namespace mitwirken::following
