// Editing of offers. Department editors see all, and change what belongs to their own organisation; releasing is the
// coordination's. Every change is a version and a line of the audit log.
#include "core/attachments/attachments.h"
#include "core/editorial/editorial.h"
#include "modules/offers/admin_views.h"
#include "modules/offers/form_rows.h"
#include "modules/offers/pages.h"

namespace mitwirken::offers {

namespace {

constexpr int admin_page_size = 30;

// What prepare() has made of the files somebody sent.
struct Taken {
    std::vector<core::NewAttachment> files;
    std::optional<core::NewAttachment> picture;
    Problems problems;
};

core::PageHead head(const std::string& title) {
    core::PageHead result;
    result.title = title;
    result.navigation = "/verwaltung/angebote";
    result.admin = true;
    return result;
}

Offer editable(core::Visit& visit) {
    const auto offer = find(visit.tx, visit.tenant.id, visit.id_parameter<OfferId>("id"));
    if (!offer) throw NotFound();
    visit.need("offers.edit", offer->organisation);
    return *offer;
}

// The chosen terms that exist; the form sends their ids.
std::vector<core::TermId> chosen_terms(core::Visit& visit) {
    std::vector<core::TermId> ids;
    for (const auto& [tree, field] : {std::pair{"topic", "terms"}, std::pair{"district", "districts"}})
        for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree))
            if (visit.form.has(field, std::to_string(term.id.value))) ids.push_back(term.id);
    return ids;
}

Form stored_form(core::Visit& visit, const Offer& offer) {
    Form form = to_form(offer);
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref(offer.id)))
        form.add(term.tree == "district" ? "districts" : "terms", std::to_string(term.id.value));
    return form;
}

void change_files(core::Visit& visit, Offer& offer) {
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref(offer.id))) {
        const std::string field = "file-" + std::to_string(file.id.value);
        const bool replaced = file.role == "image" && visit.prepared<Taken>() && visit.prepared<Taken>()->picture;
        if (visit.form[field + "-remove"] == "on" || replaced) {
            core::detach(visit.tx, visit.tenant.id, file.id, visit.now);
            if (file.role == "image") offer.image.clear();
        } else if (visit.form.has(field + "-title")) {
            core::rename_attachment(visit.tx, visit.tenant.id, file.id, trimmed(visit.form[field + "-title"]),
                                    file.alt);
        }
    }
    const auto* taken = visit.prepared<Taken>();
    if (!taken) return;
    const auto attach = [&](const core::NewAttachment& file) {
        return core::attach(visit.tx, visit.tenant.id, ref(offer.id), file, visit.actor.account, visit.now);
    };
    for (const auto& file : taken->files) attach(file);
    if (!taken->picture) return;
    const auto id = attach(*taken->picture);
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref(offer.id)))
        if (file.id == id) offer.image = file.url();
}

void add_version(core::Visit& visit, const Offer& offer) {
    const auto department = core::find_organisation(visit.tx, visit.tenant.id, offer.organisation);
    core::add_revision(visit.tx, visit.tenant.id, ref(offer.id),
                       snapshot(offer, term_names(visit, offer.id), department ? department->name : ""),
                       visit.actor.account, "", visit.now);
}

// Everything that follows a change of an offer.
void settle(core::Visit& visit, const Offer& offer) {
    index(visit.tx, visit.tenant.id, offer, visit.now);
    plan_refresh(visit.tx, visit.tenant.id, offer, visit.now);
}

http::Response again(core::Visit& visit, EditView view) {
    if (view.offer) view.files = core::attachments(visit.tx, visit.tenant.id, ref(view.offer->id));
    const bool refused = !view.published.empty() && visit.request.method == http::Method::post;
    const bool wrong = view.problems.any() || !view.notice.empty() || refused;
    auto page = head(view.offer ? view.offer->title : visit.tr("New offer"));
    page.status = wrong ? 422 : 200;
    page.has_errors = view.problems.any();
    return visit.page(page, edit_view(visit, view));
}

// The rows' buttons "add" and "remove" and the search for an address only show the form again.
bool only_rows(core::Visit& visit) {
    if (core::asks_for_address(visit.form, spot_rules())) return true;
    return core::change_rows(visit.form, document_rows()) || core::change_rows(visit.form, related_rows());
}

struct Saved {
    std::optional<Offer> offer;
    Problems problems;
};
// Drawn, found by its address or typed: the offer keeps a point.
Problems read_spot(core::Visit& visit) {
    if (!visit.form.has(spot_rules().name)) return {};
    const auto given = core::read_place(visit, visit.form, spot_rules());
    if (!given) return given.problems();
    visit.form.set("lat", given->lat ? fmt::format("{:.5f}", *given->lat) : "");
    visit.form.set("lon", given->lon ? fmt::format("{:.5f}", *given->lon) : "");
    return {};
}

Saved read(core::Visit& visit) {
    Problems problems = read_spot(visit);
    auto checked = check(visit.form);
    if (!checked) problems.append(checked.problems());
    const auto department = core::read_department(visit, problems);
    if (const auto* taken = visit.prepared<Taken>()) problems.append(taken->problems);
    core::need_short_titles(problems, visit.form);
    if (problems.any()) return {{}, problems};
    (*checked).organisation = department;
    return {*checked, {}};
}

}  // namespace

void take_files(core::Preparation& p) {
    if (p.form.has("add") || p.form.has("remove") || core::asks_for_address(p.form, spot_rules()) || !check(p.form))
        return;  // nothing is kept of a form that comes back
    Taken taken;
    for (const auto& upload : p.uploads) {
        const bool picture = upload.field == "picture";
        const auto stored = p.take(upload, upload.field, picture);
        if (!stored) {
            taken.problems.append(stored.problems());
            continue;
        }
        core::NewAttachment file{*stored, upload.file_name, "", "", picture ? "image" : "document"};
        if (picture)
            taken.picture = file;
        else
            taken.files.push_back(file);
    }
    p.result = std::move(taken);
}

http::Response admin_page(core::Visit& visit) {
    AdminFilter filter;
    for (int i = 0; i < 4; ++i)
        if (visit.query["stand"] == db::Names<State>::words[i]) filter.state = State(i);
    filter.organisation = core::OrganisationId{to_int(visit.query["bereich"]).value_or(0)};
    filter.before = OfferId{to_int(visit.query["nach"]).value_or(0)};
    auto offers = admin_list(visit.tx, visit.tenant.id, filter, admin_page_size + 1);
    std::string next;
    if (offers.size() > std::size_t(admin_page_size)) {
        offers.pop_back();
        next = visit.with("nach", std::to_string(offers.back().id.value));
    }
    return visit.page(head(visit.tr("Ways to take part")), admin_list_view(visit, filter, offers, next));
}

http::Response new_page(core::Visit& visit) {
    EditView view;
    view.values.add("organisation", std::to_string(visit.actor.organisation.value));
    return again(visit, view);
}

http::Response edit_page(core::Visit& visit) {
    EditView view;
    view.offer = editable(visit);
    view.values = stored_form(visit, *view.offer);
    view.published = core::published_notice(visit, shared_state(view.offer->state), publish_action);
    return again(visit, view);
}

http::Response create(core::Visit& visit) {
    EditView view;
    if (only_rows(visit)) {
        view.values = visit.form;
        return again(visit, view);
    }
    auto saved = read(visit);
    if (!saved.offer) {
        view.values = visit.form;
        view.problems = saved.problems;
        return again(visit, view);
    }
    Offer& offer = *saved.offer;
    offer.id = add(visit.tx, visit.tenant.id, offer, visit.actor.account, visit.now);
    offer = *find(visit.tx, visit.tenant.id, offer.id);
    core::classify(visit.tx, visit.tenant.id, ref(offer.id), chosen_terms(visit));
    change_files(visit, offer);
    save(visit.tx, visit.tenant.id, offer, visit.actor.account, visit.now);
    add_version(visit, offer);
    visit.record("offers.create", ref(offer.id));
    return visit.go("/verwaltung/angebote/" + std::to_string(offer.id.value),
                    tr_noop("The offer has been saved as a draft."));
}

http::Response update(core::Visit& visit) {
    EditView view;
    view.offer = editable(visit);
    const Offer before = *view.offer;
    const bool rows = only_rows(visit);
    view.published = core::published_notice(visit, shared_state(before.state), publish_action);
    if (!view.published.empty()) {
        view.values = visit.form;
        return again(visit, view);
    }
    auto saved = rows ? Saved{} : read(visit);
    const bool too_late = !rows && core::changed_meanwhile(visit, ref(before.id));
    if (too_late) view.notice = core::meanwhile_notice(visit, ref(before.id));
    if (!saved.offer || too_late) {
        view.values = visit.form;
        view.problems = saved.problems;
        return again(visit, view);
    }
    Offer& offer = *saved.offer;
    offer.id = before.id, offer.key = before.key, offer.state = before.state, offer.image = before.image;
    offer.source_module = before.source_module, offer.source_item = before.source_item;
    if (offer.state == State::published && offer.publish_at == no_beginning) offer.publish_at = before.publish_at;
    core::classify(visit.tx, visit.tenant.id, ref(offer.id), chosen_terms(visit));
    change_files(visit, offer);
    save(visit.tx, visit.tenant.id, offer, visit.actor.account, visit.now);
    add_version(visit, offer);
    settle(visit, offer);
    visit.record("offers.save", ref(offer.id));
    return visit.go("/verwaltung/angebote/" + std::to_string(offer.id.value), tr_noop("The offer has been saved."));
}

http::Response step(core::Visit& visit) {
    Offer offer = editable(visit);
    const std::string name = visit.form["step"];
    const auto next = next_state(offer.state, name);
    if (!next) throw Conflict(tr_noop("This step is not possible any more; somebody was faster."));
    if (core::step_needs_release(shared_state(offer.state), name)) visit.need(publish_action);
    offer.state = *next;
    if (offer.state == State::published && offer.publish_at == no_beginning) offer.publish_at = visit.now;
    save(visit.tx, visit.tenant.id, offer, visit.actor.account, visit.now);
    set_withdrawn(visit.tx, offer.id, false);
    settle(visit, offer);
    visit.record("offers." + name, ref(offer.id));
    if (is_visible(offer, visit.now))
        visit.publish(core::ItemPublished{ref(offer.id), offer.title, url_of(offer), "offer"});
    static const std::map<std::string, Message> notices = {{"publish", tr_noop("The offer has been released.")},
                                                           {"hand_in", tr_noop("The offer has been handed in.")},
                                                           {"return", tr_noop("The offer is a draft again.")},
                                                           {"restore", tr_noop("The offer is a draft again.")},
                                                           {"archive", tr_noop("The offer has been put aside.")}};
    return visit.go("/verwaltung/angebote/" + std::to_string(offer.id.value), notices.at(name));
}

http::Response preview_page(core::Visit& visit) {
    const Offer offer = editable(visit);
    core::PageHead page;
    page.title = visit.tr(tr_noop("Preview: {title}", {{"title", offer.title}}));
    page.navigation = "/angebote";
    page.index = false;
    return visit.page(page,
                      detail_view(visit, offer, core::attachments(visit.tx, visit.tenant.id, ref(offer.id)), true));
}

http::Response versions_page(core::Visit& visit) {
    const Offer offer = editable(visit);
    return core::versions_page(visit, ref(offer.id), offer.title,
                               {offer.title, "/verwaltung/angebote/" + std::to_string(offer.id.value)});
}

}  // namespace mitwirken::offers
