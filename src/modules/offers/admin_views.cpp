// The pages on which offers are edited; see admin_views.h.
#include "modules/offers/admin_views.h"

#include "modules/offers/form_rows.h"
#include "offers/templates.h"

namespace mitwirken::offers {

namespace {

std::string stored_pill(State state) {
    switch (state) {
        case State::draft:
            return "pill--draft";
        case State::handed_in:
            return "pill--review";
        case State::published:
            return "pill--ok";
        case State::archived:
            return "";
    }
    return "";
}

std::string seen_as(const core::Visit& visit, const Offer& offer) {
    if (is_visible(offer, visit.now)) return state_name(visit, kind_of(offer, visit.now));
    if (offer.state == State::published && visit.now < offer.publish_at)
        return visit.tr(
            tr_noop("appears on {day}", {{"day", visit.language.date_short(berlin_day(offer.publish_at))}}));
    return visit.tr("not visible");
}

std::string explain(const core::Visit& visit, const Offer& offer) {
    switch (offer.state) {
        case State::draft:
            return visit.tr("Only the administration sees it.");
        case State::handed_in:
            return visit.tr("It waits for the coordination to release it.");
        case State::archived:
            return visit.tr("It has been put aside. Its versions are kept.");
        case State::published:
            break;
    }
    if (visit.now < offer.publish_at)
        return visit.tr(
            tr_noop("It will appear on {day}.", {{"day", visit.language.date(berlin_day(offer.publish_at))}}));
    return is_visible(offer, visit.now) ? visit.tr("Everybody sees it.") : visit.tr("Its publication has ended.");
}

// Retired ones stay where they are set.
std::vector<core::Option> term_options(core::Visit& visit, const core::FormView& form, const std::string& tree,
                                       const char* field) {
    std::vector<core::Option> list;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree))
        if (!term.retired || form.has(field, std::to_string(term.id.value)))
            list.push_back({std::to_string(term.id.value), term.name_in(visit.language.code())});
    return list;
}

void fill_what(core::Visit& visit, core::FormView& form) {
    form.heading(tr_noop("What it is about"));
    form.text("title", tr_noop("Title")).limit(200);
    form.area("summary", tr_noop("Summary")).hint(tr_noop("One or two sentences; they stand on the card.")).limit(400);
    form.markdown("body", tr_noop("Text"))
        .hint(tr_noop("Markdown: ## for headings, - for lists."))
        .optional()
        .limit(20000);
    form.choices("terms", tr_noop("Topics"), term_options(visit, form, "topic", "terms")).optional();
    form.choices("districts", tr_noop("Districts"), term_options(visit, form, "district", "districts"))
        .hint(tr_noop("None chosen means the whole city."))
        .optional();
    form.select("organisation", tr_noop("Department"), core::department_options(visit));
}

// What is stored, as a drawing; what was typed stays as it is.
void fill_spot(core::Visit& visit, core::FormView& form, const EditView& view) {
    Form values = view.values;
    const auto point = geo::parse_point(values["lat"], values["lon"]);
    if (!values.has("spot") && point)
        values.set("spot", fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", point->lon, point->lat));
    core::add_place_field(visit, form, values, view.problems, spot_rules());
}

void fill_when_and_where(core::Visit& visit, core::FormView& form, const EditView& view) {
    form.heading(tr_noop("When, where and how"));
    form.check("permanent", tr_noop("Permanent"));
    form.date("starts", tr_noop("First day")).optional();
    form.date("ends", tr_noop("Last day")).hint(tr_noop("On this day one can still take part.")).optional();
    form.text("when_text", tr_noop("Period in words"))
        .hint(tr_noop("Shown instead of the days, for example “August 2020”."))
        .optional()
        .limit(200);
    std::vector<core::Option> ways;
    for (std::size_t way = 0; way < 4; ++way)
        ways.push_back({how_words(std::int64_t{1} << way).front(), how_name(visit, way)});
    form.choices("how", tr_noop("How to take part"), ways);
    form.text("external_url", tr_noop("Address on another site"))
        .hint(tr_noop("When one takes part elsewhere."))
        .optional();
    form.text("place", tr_noop("Place")).hint(tr_noop("As people call it, with the street.")).optional().limit(200);
    fill_spot(visit, form, view);
}

void fill_more(core::FormView& form, const std::vector<core::Attachment>& files) {
    form.heading(tr_noop("Contact"));
    form.text("contact_office", tr_noop("Office")).hint(tr_noop("An office, not a person.")).optional().limit(200);
    form.email("contact_email", tr_noop("E-mail")).optional();
    form.text("contact_phone", tr_noop("Telephone")).optional().limit(200);
    form.heading(tr_noop("Documents, picture and links"));
    form.files(files);
    form.file("files", tr_noop("Add files")).several().optional();
    form.rows(document_rows());
    form.rows(related_rows());
    form.file("picture", tr_noop("Picture"))
        .hint(tr_noop("Replaces the picture that is there. Twice as wide as high looks best."))
        .takes("image/*")
        .optional();
    form.text("image_alt", tr_noop("Picture in words"))
        .hint(tr_noop("For people who do not see it; empty when it only decorates."))
        .optional()
        .limit(400);
    form.heading(tr_noop("Results"));
    form.markdown("results", tr_noop("Results"))
        .hint(tr_noop("What came out, what was adopted, what was not, and why."))
        .optional()
        .limit(20000);
    form.text("credit", tr_noop("Source")).optional().limit(400);
    form.heading(tr_noop("English"));
    form.text("title_en", tr_noop("Title in English")).optional().limit(200);
    form.area("summary_en", tr_noop("Summary in English")).optional().limit(400);
    form.heading(tr_noop("Publication"));
    form.date("publish_on", tr_noop("Appears on")).hint(tr_noop("Empty: as soon as it is released.")).optional();
    form.date("unpublish_on", tr_noop("Vanishes on"))
        .hint(tr_noop("Empty: it stays, later among the past offers."))
        .optional();
}

html::SafeHtml form_of(core::Visit& visit, const EditView& view) {
    core::FormView form(visit, view.values, view.problems);
    fill_what(visit, form);
    fill_when_and_where(visit, form, view);
    fill_more(form, view.files);
    form.hidden("_version", view.offer ? core::version_field(visit, ref(view.offer->id)) : "0");
    core::FormOptions options;
    options.action =
        view.offer ? "/verwaltung/angebote/" + std::to_string(view.offer->id.value) : "/verwaltung/angebote/neu";
    options.cancel = "/verwaltung/angebote";
    options.has_files = true;
    options.keep_draft = true;
    return form.html(options);
}

void fill_state(core::Visit& visit, html::Values& page, const Offer& offer) {
    namespace t = tpl::admin_form;
    auto box =
        page.add(t::STATUS).set(t::PILL, stored_pill(offer.state)).set(t::STATE, stored_state_name(visit, offer.state));
    box.set(t::EXPLAINED, explain(visit, offer));
    box.set(t::STEP_URL, visit.url("/verwaltung/angebote/" + std::to_string(offer.id.value) + "/stand"));
    if (!offer.source_module.empty())
        box.add(t::SOURCE).set(
            t::TEXT,
            visit.tr("A procedure on this site has announced this offer; title, text and days come from there."));
    const std::pair<const char*, Message> steps[] = {{"publish", tr_noop("Release")},
                                                     {"hand_in", tr_noop("Hand in for release")},
                                                     {"return", tr_noop("Back to draft")},
                                                     {"restore", tr_noop("Take out of the archive")},
                                                     {"archive", tr_noop("Put aside")}};
    for (const auto& [name, label] : steps) {
        if (!next_state(offer.state, name)) continue;
        if (core::step_needs_release(shared_state(offer.state), name) && !visit.may(publish_action)) continue;
        box.add(t::STEP)
            .set(t::VALUE, name)
            .set(t::LABEL, visit.tr(label))
            .show_if(std::string_view(name) == "archive", t::DANGER);
    }
}

}  // namespace

core::PlaceRules spot_rules() {
    core::PlaceRules rules;
    rules.name = "spot";
    rules.label = tr_noop("On the map");
    return rules;
}

core::State shared_state(State state) { return *core::state_from(db::Names<State>::words[std::size_t(state)]); }

std::string stored_state_name(const core::Visit& visit, State state) {
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
    return {};
}

std::vector<std::string> term_names(core::Visit& visit, OfferId id) {
    std::vector<std::string> names;
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref(id))) names.push_back(term.name);
    return names;
}

html::SafeHtml admin_list_view(core::Visit& visit, const AdminFilter& filter, const std::vector<Offer>& offers,
                               const std::string& next) {
    namespace t = tpl::admin_list;
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(visit, {.title = visit.tr("Ways to take part"),
                                      .links = {{"/verwaltung/angebote/neu", visit.tr("New offer"), "plus", true}}}));
    page.add(t::STATE_OPTION).set(t::VALUE, "").set(t::LABEL, visit.tr("All")).show_if(!filter.state, t::CHOSEN);
    for (int i = 0; i < 4; ++i)
        page.add(t::STATE_OPTION)
            .set(t::VALUE, db::Names<State>::words[i])
            .set(t::LABEL, stored_state_name(visit, State(i)))
            .show_if(filter.state == State(i), t::CHOSEN);
    std::map<std::int64_t, std::string> names;
    page.add(t::DEPARTMENT).set(t::VALUE, "").set(t::LABEL, visit.tr("All"));
    for (const auto& organisation : core::organisations(visit.tx, visit.tenant.id)) {
        names[organisation.id.value] = organisation.name;
        page.add(t::DEPARTMENT)
            .set(t::VALUE, organisation.id.value)
            .set(t::LABEL, organisation.name)
            .show_if(filter.organisation == organisation.id, t::CHOSEN);
    }
    if (offers.empty())
        page.show(t::NONE);
    else {
        auto table = page.add(t::TABLE);
        for (const auto& offer : offers) {
            auto row = table.add(t::ROW)
                           .set(t::PILL, stored_pill(offer.state))
                           .set(t::STATE, stored_state_name(visit, offer.state));
            row.set(t::SEEN, seen_as(visit, offer))
                .set(t::ORGANISATION, names[offer.organisation.value])
                .set(t::LABEL, offer.title);
            row.set(t::CHANGED, visit.language.date_short(berlin_day(offer.changed_at)));
            if (visit.may("offers.edit", offer.organisation))
                row.add(t::EDIT).set(t::URL, visit.url("/verwaltung/angebote/" + std::to_string(offer.id.value)));
            else
                row.show(t::PLAIN);
        }
    }
    page.set(t::PAGER, core::pager(visit, "", next, ""));
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml edit_view(core::Visit& visit, const EditView& view) {
    namespace t = tpl::admin_form;
    html::Values page;
    core::Heading heading{.title = view.offer ? view.offer->title : visit.tr("New offer"),
                          .crumbs = {{visit.tr("Ways to take part"), "/verwaltung/angebote"}}};
    if (view.offer) {
        const std::string base = "/verwaltung/angebote/" + std::to_string(view.offer->id.value);
        heading.links = {{base + "/vorschau", visit.tr("Preview"), "eye"},
                         {base + "/versionen", visit.tr("Versions"), "history"}};
        if (is_visible(*view.offer, visit.now))
            heading.links.push_back({url_of(*view.offer), visit.tr("Public page"), "external"});
        fill_state(visit, page, *view.offer);
    }
    page.set(t::HEAD, core::admin_head(visit, heading));
    page.set(t::NOTICE, view.published.empty() ? view.notice : view.published);
    page.set(t::FORM, form_of(visit, view));
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::offers
