// The questionnaire (Abfragebogen) in the administration: a colleague hands in an experience, the office attaches it to
// a format or makes a new one of it, the department releases it before anything is public.
#include "modules/toolbox/report_form.h"

#include "core/editorial/editorial.h"
#include "core/forms/table.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
constexpr int per_page = 50;
const std::string base = "/verwaltung/erfahrungen";

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

std::string path_of(const Report& r) { return base + "/" + (r.id ? std::to_string(r.id.value) : "neu"); }

std::string pill_of(ReportState state) {
    static const char* const classes[] = {"draft", "review", "planned", "ok", "failed", "draft"};
    return classes[int(state)];
}

Report editable(Visit& visit) {
    if (visit.parameter("id") == "neu") {
        Report report;
        report.owner = visit.actor.organisation;
        if (const auto format = find_format(visit.tx, visit.tenant.id, visit.query["format"]))
            report.format = format->id;
        return report;
    }
    const auto report = find_report(visit.tx, visit.tenant.id, visit.id_parameter<ReportId>("id"));
    if (!report || report->state == ReportState::unconfirmed) throw NotFound();
    // What associations sent belongs to no department, also not to an editor who has none.
    if (report->owner)
        visit.need(edit_action, report->owner);
    else
        visit.need(report->author && report->author == visit.actor.account ? edit_action : publish_action);
    return *report;
}

std::vector<core::Option> format_options(Visit& visit) {
    std::vector<core::Option> options{{"0", visit.tr("– not in the toolbox yet –")}};
    for (const auto& f : managed_formats(visit.tx, visit.tenant.id, {}, {}, false, 1000))
        options.push_back({std::to_string(f.id.value), f.title});
    return options;
}

ReportRights rights_of(const Visit& visit, const Report& r) {
    ReportRights rights;
    rights.office = bool(visit.may(publish_action));
    rights.department = r.owner && r.owner == visit.actor.organisation;
    rights.releases = may_release(visit, r.owner);
    return rights;
}

// What the state means, and who is next.
Message next_words(const Report& r) {
    switch (r.state) {
        case ReportState::draft:
            return tr_noop("Only you, your department and the participation office see this draft.");
        case ReportState::handed_in:
            return r.origin == Origin::association
                       ? tr_noop("The participation office reads it, attaches it to a format and releases it.")
                       : tr_noop(
                             "The participation office attaches it to a format; your department releases the text. "
                             "Nothing of it is public yet.");
        case ReportState::agreed:
            return r.format ? tr_noop("Released by the department. The participation office may publish it.")
                            : tr_noop(
                                  "Released by the department. Before it can be published it has to be attached to "
                                  "a format.");
        case ReportState::published:
            return tr_noop("Everybody can read it on the page of its format, if that is public.");
        case ReportState::rejected:
            return tr_noop("It is not published.");
        case ReportState::unconfirmed:
            break;
    }
    return {};
}

Message step_words(ReportState next, const Report& r) {
    switch (next) {
        case ReportState::draft:
            return tr_noop("Back to draft");
        case ReportState::handed_in:
            return r.state == ReportState::draft ? tr_noop("Hand in") : tr_noop("Take the release back");
        case ReportState::agreed:
            return r.state == ReportState::published ? tr_noop("Take off the web") : tr_noop("Release for publication");
        case ReportState::published:
            return tr_noop("Publish");
        default:
            return tr_noop("Do not publish");
    }
}

// The department undoes its own release; the office says why, and the versions show it.
bool needs_reason(const Report& r, const ReportRights& rights, ReportState next) {
    return r.state == ReportState::agreed && next == ReportState::handed_in && !rights.releases;
}

html::SafeHtml states(Visit& visit, const Report& r, const Problems& problems) {
    namespace s = tpl::report_states;
    html::Values values;
    values.set(s::STATE, visit.tr(name_of(r.state)))
        .set(s::CLASS, pill_of(r.state))
        .set(s::WORDS, visit.tr(next_words(r)))
        .set(s::ACTION, visit.url(path_of(r) + "/stand"));
    const auto rights = rights_of(visit, r);
    for (const auto next : next_steps(r, rights)) {
        if (needs_reason(r, rights, next)) {
            auto form = values.add(s::TAKE_BACK).set(s::REASON, visit.form["reason"]);
            if (const auto* problem = problems.of("reason"))
                form.add(s::ERROR).set(s::TEXT, visit.tr(problem->message));
            continue;
        }
        values.add(s::NEXT).set(s::VALUE, to_word(next)).set(s::LABEL, visit.tr(step_words(next, r)));
    }
    if (!r.format && rights.office)
        values.add(s::NEXT).set(s::VALUE, "new_format").set(s::LABEL, visit.tr("Make a new format of it"));
    if (r.format)
        if (const auto format = find_format(visit.tx, visit.tenant.id, *r.format))
            values.add(s::FORMAT).set(s::URL, visit.url("/instrumente/" + format->key)).set(s::TITLE, format->title);
    if (r.origin != Origin::association) return html::render_part(s::file, values, visit.language);
    auto sender = values.add(s::ASSOCIATION).set(s::NAME, r.organisation);
    if (rights.office && !r.contact_email.empty())
        sender.add(s::CONTACT)
            .set(s::NAME, r.contact_name)
            .set(s::ADDRESS, r.contact_email)
            .set(s::ACTION, visit.url(path_of(r) + "/stand"));
    sender.show_if(r.contact_email.empty(), s::NO_CONTACT);
    return html::render_part(s::file, values, visit.language);
}

html::SafeHtml content(Visit& visit, const Report& r, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::edit;
    html::Values page;
    core::Heading heading{.title = r.id ? r.title : visit.tr("Hand in your experience"),
                          .lead = visit.tr("What you learned helps colleagues and people in town to do it themselves."),
                          .crumbs = {{visit.tr("Experiences"), base}}};
    if (r.id) heading.links = {{path_of(r) + "/versionen", visit.tr("Versions"), "history"}};
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    if (r.id) page.set(t::STATES, states(visit, r, problems));
    core::FormView form(visit, values, problems);
    form.hidden("_version", r.id ? core::version_field(visit, ref_of(r.id)) : "0");
    add_report_fields(form, format_options(visit));
    form.heading(tr_noop("Files"));
    if (r.id) form.files(core::attachments(visit.tx, visit.tenant.id, ref_of(r.id)));
    form.file("files", tr_noop("Add files"))
        .several()
        .optional()
        .hint(tr_noop("PDF, Word, Excel, PowerPoint, OpenDocument, text, pictures; at most 25 MB each."));
    core::FormOptions options{.action = path_of(r),
                              .submit = tr_noop("Save"),
                              .cancel = base,
                              .has_files = true,
                              .keep_draft = true,
                              .contents = true};
    if (r.state == ReportState::draft) options.buttons = {{"hand_in", "1", tr_noop("Save and hand in")}};
    page.set(t::FORM, form.html(options));
    return html::render_part(t::file, page, visit.language);
}

void read_format(Visit& visit, Report& r, Problems& problems) {
    const FormatId format{to_int(visit.form["format"]).value_or(0)};
    if (format && !find_format(visit.tx, visit.tenant.id, format))
        problems.add("format", tr_noop("Please choose from the list."));
    r.format = format ? std::optional(format) : std::nullopt;
}

void make_format(Visit& visit, Report& r) {
    Format f;
    f.title = r.title;
    f.summary = first_letters(r.occasion, 300);
    f.description = r.occasion;
    f.tips = r.advice;
    f.owner = r.owner;
    f.key = free_key(visit.tx, visit.tenant.id, f.title);
    save(visit.tx, visit.tenant.id, f, {}, visit.actor.account, "", visit.now);
    r.format = f.id;
    save_report(visit.tx, visit.tenant.id, r, visit.actor.account, "", visit.now);
    visit.record("toolbox.created_from_report", ref_of(f.id), f.key);
}

core::TableView table_of(Visit& visit, const std::vector<Report>& list) {
    core::TableView view{
        .id = "reports", .caption = visit.tr("Experiences"), .empty = visit.tr("No experience handed in yet.")};
    view.columns = {visit.tr("Title"), visit.tr("By"), visit.tr("State"), visit.tr("Last changed")};
    for (const auto& r : list) {
        std::string by = r.organisation;
        if (r.origin == Origin::association)
            by = visit.tr(tr_noop("{name} (association, public form)", {{"name", r.organisation}}));
        view.rows.push_back({core::link_cell(r.title, path_of(r)), core::text_cell(by),
                             core::pill_cell(visit.tr(name_of(r.state)), pill_of(r.state)),
                             core::text_cell(visit.language.ago(r.changed_at, visit.now))});
    }
    return view;
}

}  // namespace

bool may_release(const Visit& visit, core::OrganisationId owner) {
    if (owner && owner == visit.actor.organisation) return bool(visit.may(edit_action, owner));
    const bool office = bool(visit.may(publish_action));
    return office && (!owner || visit.actor.role == core::Role::admin);
}

http::Response reports_page(Visit& visit) {
    ReportFilter filter{report_state_from(visit.query["stand"]), {}};
    const bool office = bool(visit.may(publish_action));
    if (!office) filter.owner = visit.actor.organisation;
    const ReportId before{to_int(visit.query["vor"]).value_or(0)};
    auto list = office || visit.actor.organisation
                    ? managed_reports(visit.tx, visit.tenant.id, filter, before, per_page + 1)
                    : reports_by(visit.tx, visit.actor.account, per_page);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    namespace t = tpl::managed;
    html::Values values;
    values.set(t::HEAD, core::admin_head(
                            visit, {.title = visit.tr("Experiences"),
                                    .links = {{base + "/neu", visit.tr("Hand in your experience"), "plus", true}}}));
    std::vector<std::pair<std::string, std::string>> tabs{{"", visit.tr("All")}};
    for (const auto state : {ReportState::draft, ReportState::handed_in, ReportState::agreed, ReportState::published,
                             ReportState::rejected})
        tabs.emplace_back(to_word(state), visit.tr(name_of(state)));
    for (const auto& [word, label] : tabs)
        values.add(t::TAB)
            .set(t::URL, visit.url(base) + (word.empty() ? "" : "?stand=" + word))
            .set(t::LABEL, label)
            .show_if(visit.query["stand"] == word, t::CURRENT);
    values.set(t::LIST, core::table(visit, table_of(visit, list)))
        .set(t::PAGER, core::pager(visit, visit.query["vor"].empty() ? "" : visit.with("vor", ""), next, ""));
    return visit.page(head_of(visit.tr("Experiences")), t::file, values);
}

http::Response report_page(Visit& visit) {
    const Report r = editable(visit);
    return visit.page(head_of(r.id ? r.title : visit.tr("Hand in your experience")),
                      content(visit, r, form_of(r), {}, {}));
}

http::Response save_report_form(Visit& visit) {
    Report r = editable(visit);
    const Report before = r;
    const std::string title = visit.tr("Experiences");
    Problems problems = read_report(visit, r, !visit.form["hand_in"].empty());
    read_format(visit, r, problems);
    const bool meanwhile = !problems.any() && r.id && core::changed_meanwhile(visit, ref_of(r.id));
    if (problems.any() || meanwhile) {
        const auto notice = meanwhile ? core::meanwhile_notice(visit, ref_of(r.id)) : html::SafeHtml{};
        return core::show_again(visit, head_of(title), content(visit, before, visit.form, problems, notice));
    }
    if (!r.id) {
        r.author = visit.actor.account;
        if (const auto o = core::find_organisation(visit.tx, visit.tenant.id, r.owner)) r.organisation = o->name;
    } else if (snapshot(before) != snapshot(r) || files_change(visit, ref_of(r.id))) {
        r.state = after_change(r.state, rights_of(visit, r));
    }
    if (!visit.form["hand_in"].empty() && r.state == ReportState::draft) r.state = ReportState::handed_in;
    save_report(visit.tx, visit.tenant.id, r, visit.actor.account, "", visit.now);
    core::keep_files(visit, ref_of(r.id));
    visit.record(before.id ? "toolbox.report_changed" : "toolbox.report_created", ref_of(r.id));
    if (r.state == before.state) return visit.go(path_of(r), tr_noop("Saved."));
    return visit.go(path_of(r), before.state == ReportState::draft
                                    ? tr_noop("Thank you. The participation office will look at it.")
                                    : tr_noop("Saved. Because the text has changed, it has to be released again."));
}

http::Response report_state(Visit& visit) {
    Report r = editable(visit);
    if (!r.id) throw NotFound();
    const std::string& step = visit.form["state"];
    if (step == "new_format") {
        visit.need(publish_action);
        if (r.format) throw Conflict();
        make_format(visit, r);
        return visit.go(path_of(r), tr_noop("There is a new format, as a draft."));
    }
    if (step == "forget_contact") {
        visit.need(publish_action);
        forget_contact(visit.tx, visit.tenant.id, r.id);
        visit.record("toolbox.report_contact_removed", ref_of(r.id));
        return visit.go(path_of(r), tr_noop("Name and e-mail address are removed."));
    }
    const auto next = report_state_from(step);
    const auto allowed = next_steps(r, rights_of(visit, r));
    if (!next || std::find(allowed.begin(), allowed.end(), *next) == allowed.end())
        throw Conflict(tr_noop("This step is not possible from the present state."));
    if (needs_reason(r, rights_of(visit, r), *next)) {
        const std::string reason = trimmed(visit.form["reason"]);
        Problems problems;
        if (reason.empty()) problems.add("reason", tr_noop("Please say why the agreement is taken back."));
        core::need_short(problems, "reason", reason, 200);
        if (problems.any())
            return core::show_again(visit, head_of(r.title), content(visit, r, form_of(r), problems, {}));
        r.state = *next;
        save_report(visit.tx, visit.tenant.id, r, visit.actor.account,
                    visit.tr(tr_noop("Agreement taken back: {text}", {{"text", reason}})), visit.now);
    } else {
        set_report_state(visit.tx, visit.tenant.id, r.id, *next, visit.now);
    }
    visit.record("toolbox.report_state", ref_of(r.id), std::string(to_word(*next)));
    return visit.go(path_of(r), tr_noop("The state is changed."));
}

http::Response report_versions(Visit& visit) {
    const Report r = editable(visit);
    if (!r.id) throw NotFound();
    return core::versions_page(visit, ref_of(r.id), r.title, {r.title, path_of(r)});
}

}  // namespace mitwirken::toolbox
