// Writing offers: list, form, files, states, versions.
#include "core/attachments/attachments.h"
#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/offers/form_rows.h"
#include "modules/offers/pages.h"
#include "offers/templates.h"

namespace mitwirken::offers {

namespace {

using core::Visit;
const std::string base = "/verwaltung/angebote";
constexpr int per_page = 50;

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

std::string state_words(const Visit& visit, State state) {
    switch (state) {
        case State::draft:
            return visit.tr("Draft");
        case State::handed_in:
            return visit.tr("Handed in");
        case State::published:
            return visit.tr("Published");
        case State::archived:
            return visit.tr("Archived");
    }
    return "";
}

std::string pill_of(State state) {
    static const char* const classes[] = {"draft", "review", "ok", "plain"};
    return classes[int(state)];
}

Offer editable(Visit& visit) {
    if (visit.parameter("id") == "neu") {
        Offer offer;
        offer.organisation = visit.actor.organisation;
        return offer;
    }
    const auto offer = find(visit.tx, visit.tenant.id, visit.id_parameter<OfferId>("id"));
    if (!offer) throw NotFound();
    visit.need(edit_action, offer->organisation);
    return *offer;
}

std::vector<core::Option> term_options(Visit& visit, const char* tree) {
    std::vector<core::Option> options;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree))
        options.push_back({term.key, term.name_in(visit.language.code())});
    return options;
}

std::vector<core::Option> organisation_options(Visit& visit) {
    std::vector<core::Option> options{{"0", visit.tr("– none –")}};
    for (const auto& o : core::organisations(visit.tx, visit.tenant.id))
        options.push_back({std::to_string(o.id.value), o.name});
    return options;
}

void add_fields(Visit& visit, core::FormView& form, const Offer& o) {
    form.text("title", tr_noop("Title")).limit(200);
    form.area("summary", tr_noop("Summary")).limit(400);
    form.markdown("body", tr_noop("Text")).optional();
    form.choices("how", tr_noop("How to take part"),
                 {{"online", visit.tr("Online")},
                  {"on-site", visit.tr("On the spot")},
                  {"paper", visit.tr("On paper")},
                  {"phone", visit.tr("By telephone")}});
    form.heading(tr_noop("Time"));
    form.check("permanent", tr_noop("Permanent, without an end"));
    form.date("starts", tr_noop("First day")).optional();
    form.date("ends", tr_noop("Last day")).optional();
    form.text("when_text", tr_noop("Period in words")).optional().hint(tr_noop("For example: spring 2027"));
    form.heading(tr_noop("Where it belongs"));
    form.choices("topics", tr_noop("Topics"), term_options(visit, "topic")).optional();
    form.choices("districts", tr_noop("Districts"), term_options(visit, "district")).optional();
    form.text("place", tr_noop("Place")).optional();
    form.text("lat", tr_noop("Latitude")).optional();
    form.text("lon", tr_noop("Longitude")).optional();
    form.url("external_url", tr_noop("Address on another site")).optional();
    form.heading(tr_noop("Contact"));
    form.select("organisation", tr_noop("Department"), organisation_options(visit));
    form.text("contact_office", tr_noop("Office")).optional();
    form.email("contact_email", tr_noop("E-mail")).optional();
    form.text("contact_phone", tr_noop("Telephone")).optional();
    form.heading(tr_noop("Documents and results"));
    if (o.id) form.files(core::attachments(visit.tx, visit.tenant.id, ref_of(o.id)));
    form.file("files", tr_noop("Add files")).several().optional();
    form.rows(document_rows());
    form.rows(related_rows());
    form.markdown("results", tr_noop("Results"))
        .optional()
        .hint(tr_noop("What became of it – also what was not taken up, and why."));
    form.heading(tr_noop("When it is public"));
    form.date("publish_on", tr_noop("Appears on")).optional();
    form.date("unpublish_on", tr_noop("Vanishes on")).optional();
    form.text("title_en", tr_noop("Title in English")).optional();
    form.area("summary_en", tr_noop("Summary in English")).optional();
    form.text("credit", tr_noop("Source")).optional();
}

html::SafeHtml content(Visit& visit, const Offer& o, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::edit;
    html::Values page;
    const std::string id = std::to_string(o.id.value);
    core::Heading heading{.title = o.id ? o.title : visit.tr("New offer"),
                          .crumbs = {{visit.tr("Ways to take part"), base}}};
    if (o.id)
        heading.links = {{"/angebote/" + o.key, visit.tr("Preview"), "eye"},
                         {base + "/" + id + "/versionen", visit.tr("Versions"), "history"}};
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    if (o.id) {
        auto states = page.add(t::STATES)
                          .set(t::STATE, state_words(visit, o.state))
                          .set(t::CLASS, pill_of(o.state))
                          .set(t::ACTION, visit.url(base + "/" + id + "/stand"));
        static const std::pair<const char*, Message> steps[] = {{"hand_in", tr_noop("Hand in")},
                                                                {"return", tr_noop("Give back")},
                                                                {"publish", tr_noop("Publish")},
                                                                {"archive", tr_noop("Archive")},
                                                                {"restore", tr_noop("Restore")}};
        for (const auto& [word, label] : steps)
            if (next_state(o.state, word) && (!needs_release(word) || visit.may(publish_action)))
                states.add(t::NEXT).set(t::VALUE, word).set(t::LABEL, visit.tr(label));
    }
    core::FormView form(visit, values, problems);
    form.hidden("_version", o.id ? core::version_field(visit, ref_of(o.id)) : "0");
    add_fields(visit, form, o);
    page.set(
        t::FORM,
        form.html({.action = base + "/" + (o.id ? id : "neu"), .cancel = base, .has_files = true, .keep_draft = true}));
    return html::render_part(t::file, page, visit.language);
}

Form form_of(Visit& visit, const Offer& o) {
    Form form = to_form(o);
    if (o.permanent) form.set("permanent", "on");
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(o.id)))
        form.add(term.tree == "district" ? "districts" : "topics", term.key);
    return form;
}

void classify_as_typed(Visit& visit, OfferId id, std::vector<std::string>& names) {
    std::vector<core::TermId> terms;
    for (const char* tree : {"topic", "district"})
        for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree))
            if (visit.form.has(std::string(tree) + "s", term.key)) terms.push_back(term.id), names.push_back(term.name);
    core::classify(visit.tx, visit.tenant.id, ref_of(id), terms);
}

void keep_files(Visit& visit, OfferId id) {
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref_of(id))) {
        const std::string field = "file-" + std::to_string(file.id.value);
        if (visit.form[field + "-remove"] == "on")
            core::detach(visit.tx, visit.tenant.id, file.id, visit.now);
        else if (visit.form.has(field + "-title"))
            core::rename_attachment(visit.tx, visit.tenant.id, file.id,
                                    first_letters(trimmed(visit.form[field + "-title"]), 200), file.alt);
    }
    if (auto* uploads = visit.prepared<core::TakenFiles>(); uploads && *uploads)
        for (const auto& file : **uploads)
            core::attach(visit.tx, visit.tenant.id, ref_of(id), file, visit.actor.account, visit.now);
}

}  // namespace

http::Response managed_page(Visit& visit) {
    AdminFilter filter;
    static const std::pair<const char*, State> words[] = {{"draft", State::draft},
                                                          {"handed_in", State::handed_in},
                                                          {"published", State::published},
                                                          {"archived", State::archived}};
    for (const auto& [word, state] : words)
        if (visit.query["stand"] == word) filter.state = state;
    if (visit.actor.role == core::Role::editor) filter.organisation = visit.actor.organisation;
    filter.before = OfferId{to_int(visit.query["vor"]).value_or(0)};
    auto list = admin_list(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    core::TableView view{.id = "offers",
                         .caption = visit.tr("Ways to take part"),
                         .empty = visit.tr("No offer here. “New offer” begins one.")};
    view.columns = {visit.tr("Title"), visit.tr("State"), visit.tr("Kind"), visit.tr("Last changed")};
    for (const auto& o : list)
        view.rows.push_back({core::link_cell(o.title, base + "/" + std::to_string(o.id.value)),
                             core::pill_cell(state_words(visit, o.state), pill_of(o.state)),
                             core::text_cell(kind_words(visit, kind_of(o, visit.now))),
                             core::text_cell(visit.language.ago(o.changed_at, visit.now))});
    namespace t = tpl::managed;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Ways to take part"),
                                                 .links = {{base + "/neu", visit.tr("New offer"), "plus", true}}}));
    values.add(t::TAB)
        .set(t::URL, visit.url(base))
        .set(t::LABEL, visit.tr("All"))
        .show_if(visit.query["stand"].empty(), t::CURRENT);
    for (const auto& [word, state] : words)
        values.add(t::TAB)
            .set(t::URL, visit.url(base) + "?stand=" + word)
            .set(t::LABEL, state_words(visit, state))
            .show_if(visit.query["stand"] == word, t::CURRENT);
    values.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, visit.query["vor"].empty() ? "" : visit.with("vor", ""), next, ""));
    return visit.page(head_of(visit.tr("Ways to take part")), t::file, values);
}

http::Response edit_page(Visit& visit) {
    const Offer o = editable(visit);
    return visit.page(head_of(o.id ? o.title : visit.tr("New offer")), content(visit, o, form_of(visit, o), {}, {}));
}

http::Response save_form(Visit& visit) {
    const Offer before = editable(visit);
    const auto head = head_of(before.id ? before.title : visit.tr("New offer"));
    if (core::change_rows(visit.form, document_rows()) || core::change_rows(visit.form, related_rows()))
        return visit.page(head, content(visit, before, visit.form, {}, {}));
    auto checked = check(visit.form);
    Problems problems = checked ? Problems{} : checked.problems();
    if (auto* uploads = visit.prepared<core::TakenFiles>(); uploads && !*uploads) problems.append(uploads->problems());
    if (problems.any()) return core::show_again(visit, head, content(visit, before, visit.form, problems, {}));
    if (before.id && core::changed_meanwhile(visit, ref_of(before.id)))
        return core::show_again(
            visit, head, content(visit, before, visit.form, {}, core::meanwhile_notice(visit, ref_of(before.id))));
    Offer o = *checked;
    o.id = before.id, o.key = before.key, o.state = before.state, o.source_module = before.source_module,
    o.source_item = before.source_item, o.image = before.image;
    // Editors cannot give an offer away to another department.
    if (visit.actor.role == core::Role::editor) o.organisation = visit.actor.organisation;
    if (o.id)
        save(visit.tx, visit.tenant.id, o, visit.actor.account, visit.now);
    else
        o.id = add(visit.tx, visit.tenant.id, o, visit.actor.account, visit.now);
    std::vector<std::string> names;
    classify_as_typed(visit, o.id, names);
    keep_files(visit, o.id);
    o = *find(visit.tx, visit.tenant.id, o.id);
    const auto organisation = core::find_organisation(visit.tx, visit.tenant.id, o.organisation);
    core::add_revision(visit.tx, visit.tenant.id, ref_of(o.id),
                       snapshot(o, names, organisation ? organisation->name : ""), visit.actor.account, "", visit.now);
    index(visit.tx, visit.tenant.id, o, visit.now);
    plan_refresh(visit.tx, visit.tenant.id, o, visit.now);
    visit.record(before.id ? "offers.changed" : "offers.created", ref_of(o.id), o.key);
    return visit.go(base + "/" + std::to_string(o.id.value), tr_noop("Saved."));
}

http::Response step(Visit& visit) {
    Offer o = editable(visit);
    const std::string& word = visit.form["step"];
    const auto next = next_state(o.state, word);
    if (!o.id || !next) throw Conflict(tr_noop("This step is not possible from the present state."));
    if (needs_release(word)) visit.need(publish_action);
    o.state = *next;
    save(visit.tx, visit.tenant.id, o, visit.actor.account, visit.now);
    index(visit.tx, visit.tenant.id, o, visit.now);
    plan_refresh(visit.tx, visit.tenant.id, o, visit.now);
    visit.record("offers.state", ref_of(o.id), word);
    if (*next == State::published)
        visit.publish(core::ItemPublished{ref_of(o.id), o.title, "/angebote/" + o.key, "offer"});
    return visit.go(base + "/" + std::to_string(o.id.value), tr_noop("The state is changed."));
}

http::Response versions(Visit& visit) {
    const Offer o = editable(visit);
    if (!o.id) throw NotFound();
    return core::versions_page(visit, ref_of(o.id), o.title, {o.title, base + "/" + std::to_string(o.id.value)});
}

}  // namespace mitwirken::offers
