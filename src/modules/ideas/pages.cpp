// Reading ideas, withdrawing them, supporting them.
#include "modules/ideas/pages.h"

#include <algorithm>

#include "core/forms/forms.h"
#include "core/participation/taking_part.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/ideas/photos.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/search/search.h"

namespace mitwirken::ideas {

using core::Contribution;
using core::Visit;

std::string base(const Visit& visit) { return core::path_of(visit, visit.place().procedure, *visit.place().activity); }

Settings settings(const Visit& visit) { return settings_of(visit.place().activity->settings); }

bool is_staff(const Visit& visit) {
    return visit.may(core::edit_procedures_action, visit.place().procedure.organisation).allowed;
}

// The idea of the address, of this activity; hidden ones and drafts are only their author's.
Contribution idea_of(Visit& visit) {
    const auto idea =
        core::find_contribution(visit.tx, visit.tenant.id, visit.id_parameter<core::ContributionId>("idea"));
    if (!idea || idea->activity != visit.place().activity->id || idea->kind != kind) throw NotFound();
    return *idea;
}

bool is_own(Visit& visit, const Contribution& idea) {
    const auto* participant = visit.participant();
    return participant && idea.participant == participant->id;
}

Contribution own_idea(Visit& visit) {
    const auto idea = idea_of(visit);
    if (!is_own(visit, idea)) throw NotAllowed(tr_noop("Only the author can change this idea."));
    return idea;
}

http::Response list_page(Visit& visit) {
    // A shuffle of one's own that stays while one turns the pages, and can be shared.
    if (visit.query["sortierung"] == "zufall" && !to_int(visit.query["reihe"])) {
        visit.do_not_cache();
        http::Response response =
            http::Response::redirect(visit.with("reihe", std::to_string(crypto::random_number() % 1'000'000)));
        return response;
    }
    auto filter = filter_of(visit);
    auto ideas = core::contributions(visit.tx, visit.tenant.id, filter, page_size + 1);
    std::string next;
    if (ideas.size() > page_size) {
        ideas.pop_back();
        const auto key = core::key_of(ideas.back(), filter);
        next = visit.with("nach", std::to_string(key.value) + "." + std::to_string(key.id.value));
    }
    const auto& place = visit.place();
    auto counted = filter;
    counted.after.reset();
    return visit.page({.title = place.activity->title + " – " + place.procedure.title,
                       .navigation = "/verfahren",
                       .feeds = feeds_of(visit),
                       .kind = "list"},
                      list_view(visit, ideas, next, core::count_contributions(visit.tx, visit.tenant.id, counted)));
}

http::Response detail_page(Visit& visit) {
    const auto idea = idea_of(visit);
    const bool own = is_own(visit, idea);
    if (!idea.is_public() && !own && !is_staff(visit)) throw NotFound();
    return visit.page({.title = idea.title + " – " + visit.place().procedure.title,
                       .description = idea.body,
                       .navigation = "/verfahren"},
                      detail_view(visit, idea, own));
}

http::Response withdraw(Visit& visit) {
    const auto idea = own_idea(visit);
    core::set_state(visit.tx, idea, core::ContributionState::withdrawn, visit.now);
    core::note_interaction(visit.tx, visit.occasion("contribute"), idea.participant, "withdraw", idea.id,
                           core::Channel::online, visit.now);
    search::remove(visit.tx, "ideas", idea.id.value);
    return visit.go(base(visit), tr_noop("Your idea is withdrawn. Nobody else sees it any more."));
}

http::Response support(Visit& visit) {
    const auto idea = idea_of(visit);
    if (!idea.is_public() || idea.merged_into) throw NotAllowed(tr_noop("This idea cannot be supported any more."));
    core::need_person(visit);
    const auto who = visit.need_participant().id;
    const auto occasion = visit.occasion("support");
    if (visit.form["zuruecknehmen"] == "ja")
        core::take_support_back(visit.tx, occasion, idea, who, visit.now);
    else
        core::support(visit.tx, occasion, idea, who, visit.now);
    // Somebody who found this one before handing in the same: their own text waits there.
    if (visit.form["zurueck"] == "pruefen") return visit.go(base(visit) + "/neu?schritt=pruefen");
    return visit.go(core::path_of(visit, idea));
}

// By its author while changes are possible, or by the office.
http::Response remove_photo(Visit& visit) {
    const auto idea = idea_of(visit);
    const bool author = is_own(visit, idea) && may_edit(idea, settings(visit), visit.now);
    if (!author && !is_staff(visit)) throw NotAllowed(tr_noop("Only the office can take this picture away now."));
    const auto id = visit.id_parameter<core::AttachmentId>("photo");
    const auto photos = photos_of(visit, idea.id);
    if (std::none_of(photos.begin(), photos.end(), [&](const auto& photo) { return photo.id == id; })) throw NotFound();
    core::detach(visit.tx, visit.tenant.id, id, visit.now);
    if (!author) visit.record("ideas.photo_removed", idea.ref());
    return visit.go(core::path_of(visit, idea), tr_noop("The picture is removed."));
}

}  // namespace mitwirken::ideas
