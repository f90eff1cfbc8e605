// Administrators: people and their roles, invitations, departments.
#include "accounts/templates.h"
#include "core/audit/audit.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/participation/leaving.h"
#include "modules/accounts/accounts.h"

namespace mitwirken::accounts {

namespace {

using core::Visit;
constexpr int per_page = 50;
constexpr std::size_t longest_name = 200;

core::PageHead head_of(const std::string& title) { return {.title = title, .kind = "admin", .admin = true}; }

core::Account person(Visit& visit) {
    auto account = core::find_account(visit.tx, visit.id_parameter<core::AccountId>("id"));
    if (!account || account->tenant != visit.tenant.id || account->role == core::Role::resident) throw NotFound();
    return *account;
}

std::vector<core::Option> role_options(Visit& visit) {
    std::vector<core::Option> options;
    for (const auto role : core::staff_roles())
        if (role != core::Role::operator_)
            options.push_back({std::string(core::to_word(role)), visit.tr(core::role_name(role))});
    return options;
}

std::vector<core::Option> organisation_options(Visit& visit) {
    std::vector<core::Option> options{{"0", visit.tr("– none –")}};
    for (const auto& o : core::organisations(visit.tx, visit.tenant.id))
        options.push_back({std::to_string(o.id.value), o.name});
    return options;
}

core::Cell state_cell(Visit& visit, core::AccountState state) {
    if (state == core::AccountState::active) return core::pill_cell(visit.tr("active"), "ok");
    if (state == core::AccountState::invited) return core::pill_cell(visit.tr("invited"), "draft");
    return core::pill_cell(visit.tr("switched off"), "plain");
}

void add_person_fields(Visit& visit, core::FormView& form) {
    form.text("name", tr_noop("Name")).limit(200);
    form.radios("role", tr_noop("Role"), role_options(visit));
    form.select("organisation", tr_noop("Department"), organisation_options(visit));
}

html::SafeHtml invite_form(Visit& visit, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.email("email", tr_noop("E-mail address"))
        .hint(tr_noop("The invitation goes to this address; it works for seven days."));
    add_person_fields(visit, form);
    return form.html({.action = "/verwaltung/personen/einladen",
                      .submit = tr_noop("Send the invitation"),
                      .cancel = "/verwaltung/personen"});
}

html::SafeHtml person_form(Visit& visit, const core::Account& account, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    add_person_fields(visit, form);
    form.check("active", tr_noop("May sign in"));
    return form.html({.cancel = "/verwaltung/personen", .id = "person-" + std::to_string(account.id.value)});
}

html::SafeHtml person_content(Visit& visit, const core::Account& account, const Form& values,
                              const Problems& problems) {
    namespace t = tpl::person;
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = account.name,
                                               .lead = account.email,
                                               .crumbs = {{visit.tr("People and roles"), "/verwaltung/personen"}}}));
    page.set(t::FORM, person_form(visit, account, values, problems));
    const std::string base = visit.url("/verwaltung/personen/" + std::to_string(account.id.value));
    if (account.state == core::AccountState::invited) page.add(t::INVITE).set(t::URL, base + "/einladen");
    if (account.id != visit.actor.account) page.add(t::ERASE).set(t::URL, base + "/loeschen");
    return html::render_part(t::file, page, visit.language);
}

// Roles that an administrator may give.
bool is_given(std::optional<core::Role> role) {
    return role && *role != core::Role::operator_ && *role != core::Role::resident;
}

core::OrganisationId organisation_from(const Form& form) { return {to_int(form["organisation"]).value_or(0)}; }

}  // namespace

http::Response people_page(Visit& visit) {
    const std::string after_name = visit.query["nach"];
    const core::AccountId after{to_int(visit.query["id"]).value_or(0)};
    auto list = core::accounts(visit.tx, visit.tenant.id, after_name, after, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.url(visit.path) + "?nach=" + escape_url(list.back().name) +
               "&id=" + std::to_string(list.back().id.value);
    }
    std::map<std::int64_t, std::string> names;
    for (const auto& o : core::organisations(visit.tx, visit.tenant.id)) names[o.id.value] = o.name;
    core::TableView view{.id = "people", .caption = visit.tr("People and roles")};
    view.columns = {visit.tr("Name"),          visit.tr("Role"),           visit.tr("Department"),
                    visit.tr("Second factor"), visit.tr("Last signed in"), visit.tr("State")};
    for (const auto& a : list)
        view.rows.push_back({core::link_cell(a.name, "/verwaltung/personen/" + std::to_string(a.id.value)),
                             core::text_cell(visit.tr(core::role_name(a.role))),
                             core::text_cell(names[a.organisation.value]),
                             a.totp_sealed.empty() ? core::pill_cell(visit.tr("missing"), "warn")
                                                   : core::pill_cell(visit.tr("App"), "ok"),
                             core::text_cell(a.last_sign_in ? visit.language.ago(*a.last_sign_in, visit.now) : "–"),
                             state_cell(visit, a.state)});
    namespace t = tpl::list;
    html::Values values;
    values.set(t::HEAD, core::admin_head(
                            visit, {.title = visit.tr("People and roles"),
                                    .links = {{"/verwaltung/personen/einladen", visit.tr("Invite"), "plus", true},
                                              {"/verwaltung/organisationen", visit.tr("Departments"), "building"}}}));
    values.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, after_name.empty() ? "" : visit.url(visit.path), next, ""));
    return visit.page(head_of(visit.tr("People and roles")), t::file, values);
}

http::Response person_page(Visit& visit) {
    const auto account = person(visit);
    Form values;
    values.set("name", account.name);
    values.set("role", std::string(core::to_word(account.role)));
    values.set("organisation", std::to_string(account.organisation.value));
    if (account.state != core::AccountState::disabled) values.set("active", "on");
    return visit.page(head_of(account.name), person_content(visit, account, values, {}));
}

http::Response save_person(Visit& visit) {
    auto account = person(visit);
    Problems problems;
    const auto role = core::role_from(visit.form["role"]);
    if (trimmed(visit.form["name"]).empty()) problems.add("name", tr_noop("Please give a name."));
    core::need_short(problems, "name", visit.form["name"], longest_name);
    if (!is_given(role)) problems.add("role", tr_noop("Please choose a role."));
    const auto organisation = organisation_from(visit.form);
    core::check_organisation(visit.tx, visit.tenant.id, organisation, problems);
    const bool active = visit.form["active"] == "on";
    const bool myself = account.id == visit.actor.account;
    if (myself && (!active || (role && *role != account.role)))
        problems.add("", tr_noop("You cannot take your own rights away. Another administrator can."));
    if (problems.any())
        return core::show_again(visit, head_of(account.name), person_content(visit, account, visit.form, problems));
    account.name = trimmed(visit.form["name"]);
    account.role = *role;
    account.organisation = organisation;
    if (!active)
        account.state = core::AccountState::disabled;
    else if (account.state == core::AccountState::disabled)
        account.state = account.password_hash.empty() ? core::AccountState::invited : core::AccountState::active;
    core::save_account(visit.tx, account);
    if (!active) core::end_sessions(visit.tx, account.id);
    visit.record("account.changed", {"accounts", account.id.value}, std::string(core::to_word(account.role)));
    return visit.go("/verwaltung/personen", tr_noop("Saved."));
}

http::Response invite_page(Visit& visit) {
    if (visit.form.empty()) visit.form.set("role", "editor");
    namespace t = tpl::list;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Invite"),
                                                 .crumbs = {{visit.tr("People and roles"), "/verwaltung/personen"}}}));
    values.set(t::LIST, invite_form(visit, {}));
    return visit.page(head_of(visit.tr("Invite")), t::file, values);
}

http::Response invite(Visit& visit) {
    const auto role = core::role_from(visit.form["role"]);
    core::NewAccount wanted{visit.tenant.id, visit.form["email"], visit.form["name"], role.value_or(core::Role::editor),
                            organisation_from(visit.form)};
    auto checked = core::check_account(visit.tx, wanted);
    Problems problems = checked ? Problems{} : checked.problems();
    if (!is_given(role)) problems.add("role", tr_noop("Please choose a role."));
    if (problems.any()) {
        namespace t = tpl::list;
        html::Values values;
        values.set(t::HEAD,
                   core::admin_head(visit, {.title = visit.tr("Invite"),
                                            .crumbs = {{visit.tr("People and roles"), "/verwaltung/personen"}}}));
        values.set(t::LIST, invite_form(visit, problems));
        return core::show_again(visit, head_of(visit.tr("Invite")), html::render_part(t::file, values, visit.language));
    }
    const auto id = core::add_account(visit.tx, *checked, visit.now);
    send_link(visit, *core::find_account(visit.tx, id), core::LinkPurpose::invitation);
    visit.record("account.invited", {"accounts", id.value}, visit.form["role"]);
    return visit.go("/verwaltung/personen", tr_noop("The invitation is on its way."));
}

http::Response invite_again(Visit& visit) {
    const auto account = person(visit);
    if (account.state != core::AccountState::invited) throw Conflict();
    send_link(visit, account, core::LinkPurpose::invitation);
    visit.record("account.invited", {"accounts", account.id.value}, "again");
    return visit.go("/verwaltung/personen", tr_noop("The invitation is on its way."));
}

// The account stays as a number without a person: history keeps who did what, but nobody's name.
http::Response erase_person(Visit& visit) {
    const auto account = person(visit);
    if (account.id == visit.actor.account)
        throw NotAllowed(tr_noop("You cannot take your own rights away. Another administrator can."));
    core::erase_person(visit, account, core::Keep::anonymous);
    visit.record("account.erased", {"accounts", account.id.value});
    return visit.go("/verwaltung/personen", tr_noop("The person's data are erased."));
}

http::Response organisations_page(Visit& visit) {
    core::TableView view{.id = "organisations", .caption = visit.tr("Departments")};
    view.columns = {visit.tr("Name"), visit.tr("Key"), visit.tr("Kind")};
    const auto kind_name = [&](const std::string& kind) {
        return visit.tr(kind == "association" ? "Association" : kind == "agency" ? "Agency" : "Department");
    };
    for (const auto& o : core::organisations(visit.tx, visit.tenant.id))
        view.rows.push_back({core::text_cell(o.name), core::text_cell(o.key), core::text_cell(kind_name(o.kind))});
    Problems problems;
    const bool again = visit.request.method == http::Method::post;
    if (again && trimmed(visit.form["name"]).empty()) problems.add("name", tr_noop("Please give a name."));
    core::need_short(problems, "name", visit.form["name"], longest_name);
    core::FormView form(visit, visit.form, problems);
    form.text("name", tr_noop("Name")).limit(200);
    form.select("kind", tr_noop("Kind"),
                {{"department", visit.tr("Department")},
                 {"association", visit.tr("Association")},
                 {"agency", visit.tr("Agency")}});
    namespace t = tpl::list;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Departments"),
                                                 .crumbs = {{visit.tr("People and roles"), "/verwaltung/personen"}}}));
    values.set(t::LIST, core::table(visit, view));
    values.set(t::PAGER, form.html({.action = "/verwaltung/organisationen", .submit = tr_noop("Add")}));
    const auto content = html::render_part(t::file, values, visit.language);
    return again ? core::show_again(visit, head_of(visit.tr("Departments")), content)
                 : visit.page(head_of(visit.tr("Departments")), content);
}

http::Response save_organisation(Visit& visit) {
    const std::string name = trimmed(visit.form["name"]);
    if (name.empty() || letters(name) > longest_name) return organisations_page(visit);
    const std::string& kind = visit.form["kind"];
    const std::string word = slug(name).empty() ? "bereich" : slug(name);
    std::string key = word;
    const auto all = core::organisations(visit.tx, visit.tenant.id);
    for (int n = 2; std::any_of(all.begin(), all.end(), [&](const auto& o) { return o.key == key; }); ++n)
        key = word + "-" + std::to_string(n);
    const auto id = core::add_organisation(visit.tx, visit.tenant.id, key, name,
                                           kind == "association" || kind == "agency" ? kind : "department");
    visit.record("organisation.added", {"accounts", -id.value}, key);
    return visit.go("/verwaltung/organisationen", tr_noop("Saved."));
}

}  // namespace mitwirken::accounts
