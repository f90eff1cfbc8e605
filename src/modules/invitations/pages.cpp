// The office's list, and the page that the mail leads to; see invitations.h.
#include <nlohmann/json.hpp>

#include "core/access/throttle.h"
#include "core/desk/desk.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/notify/letter.h"
#include "core/participants/participants.h"
#include "invitations/templates.h"
#include "modules/invitations/invitations.h"
#include "platform/base/text.h"
#include "platform/http/target.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

namespace mitwirken::invitations {

namespace {

using core::Visit;

constexpr std::string_view send_job = "invitations.send";
constexpr int mails_a_turn = 200;
core::Throttle by_link(60, std::chrono::seconds{10});

std::vector<core::Option> track_options(const core::Procedure& plan) {
    std::vector<core::Option> options;
    for (const auto& track : plan.tracks)
        if (track.audience == core::Audience::invited) options.push_back({track.key, track.label});
    return options;
}

const core::Track* find_track(const core::Procedure& plan, const std::string& key) {
    for (const auto& track : plan.tracks)
        if (track.audience == core::Audience::invited && track.key == key) return &track;
    return nullptr;
}

std::string label_of(const core::Procedure& plan, core::TrackId id) {
    for (const auto& track : plan.tracks)
        if (track.id == id) return track.label;
    return "";
}

html::SafeHtml list_table(Visit& visit, const core::ProcedureRecord& record, const core::Procedure& plan,
                          const std::vector<Invitation>& list) {
    core::TableView view{.id = "invited", .caption = visit.tr("Invited")};
    view.columns = {visit.tr("E-mail address"), visit.tr("Track"), visit.tr("State"), ""};
    for (const auto& one : list) {
        const auto state = one.accepted_at ? core::pill_cell(visit.tr("accepted"), "ok")
                           : one.sent_at   ? core::pill_cell(visit.tr("mail sent"), "plain")
                                           : core::pill_cell(visit.tr("mail waits"), "draft");
        view.rows.push_back({core::text_cell(one.email), core::text_cell(label_of(plan, one.track)), state,
                             core::Cell{.text = visit.tr("Take back"),
                                        .post_to = core::desk_path(record, std::string(below) + "/entfernen"),
                                        .fields = {{"id", std::to_string(one.id)}},
                                        .spoken = one.email}});
    }
    return core::table(visit, view);
}

http::Response shown(Visit& visit, const core::ProcedureRecord& record, const Problems& problems) {
    namespace t = tpl::list;
    const auto plan = core::load_plan(visit.tx, record);
    const auto options = track_options(plan);
    html::Values values;
    if (options.empty()) {
        values.show(t::NO_TRACK);
    } else {
        core::FormView form(visit, visit.form, problems);
        form.radios("track", tr_noop("Invited to which track?"), options);
        form.area("addresses", tr_noop("E-mail addresses"))
            .hint(tr_noop("One a line, or the lines of a CSV file. Each gets a mail with a link; who is invited "
                          "already gets no second one."));
        values.add(t::INVITE).set(
            t::FORM,
            form.html({.action = core::desk_path(record, below), .submit = tr_noop("Invite"), .id = "invite"}));
    }
    const auto after = to_int(visit.query["nach"]).value_or(0);
    auto list = invitations(visit.tx, record.id, after, page_size + 1);
    std::string next;
    if (list.size() > std::size_t(page_size)) {
        list.pop_back();
        next = visit.with("nach", std::to_string(list.back().id));
    }
    if (!list.empty()) values.set(t::LIST, list_table(visit, record, plan, list));
    values.set(t::PAGER, core::pager(visit, after ? visit.url(visit.path) : "", next, ""));
    const auto content = html::render_part(t::file, values, visit.language);
    if (!problems.any()) return core::desk_page(visit, record, below, content);
    return core::show_again(visit, core::desk_head(record.title), core::desk_frame(visit, record, below, content));
}

Invitation need_invitation(Visit& visit) {
    const auto wait = by_link.take(http::network_of(visit.request.remote), visit.now);
    if (wait.count() > 0)
        throw TooManyRequests(tr_noop("There were many attempts. Please wait {n} seconds and try again.",
                                      {{"n", std::to_string(wait.count())}}));
    auto found = find_by_token(visit.tx, visit.tenant.id, visit.parameter("token"), visit.now);
    const auto* me = visit.participant();
    const bool taken = found && found->accepted_at && (!me || me->id != found->participant);
    if (!found || taken)
        throw NotFound(
            tr_noop("This invitation has been accepted already, was taken back, or is too old. If you have "
                    "accepted it on another device, please sign in there with the same account."));
    return std::move(*found);
}

core::ProcedureRecord procedure_of(Visit& visit, const Invitation& invitation) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, invitation.procedure);
    if (!record) throw NotFound();
    return std::move(*record);
}

}  // namespace

Result<std::vector<std::string>> read_addresses(const std::string& text) {
    std::vector<std::string> found;
    Problems problems;
    for (const auto& line : split(text, '\n')) {
        std::string one_way = line;
        for (char& c : one_way)
            if (c == ';' || c == '\t' || c == ',') c = '\n';
        bool any = false;
        for (const auto& part : split(one_way, '\n')) {
            std::string word = lower_ascii(trimmed(part));
            if (word.size() > 1 && word.front() == '"' && word.back() == '"') word = word.substr(1, word.size() - 2);
            if (!mail::is_address(word)) continue;
            any = true;
            if (std::find(found.begin(), found.end(), word) == found.end()) found.push_back(word);
        }
        if (!any && !trimmed(line).empty() && !problems.any())
            problems.add("addresses", tr_noop("In this line stands no e-mail address: {line}",
                                              {{"line", first_letters(trimmed(line), 80)}}));
    }
    if (found.empty() && !problems.any())
        problems.add("addresses", tr_noop("Please give at least one e-mail address."));
    if (found.size() > most_at_once)
        problems.add("addresses",
                     tr_noop("Please invite at most {n} addresses at once.", {{"n", std::to_string(most_at_once)}}));
    if (problems.any()) return problems;
    return found;
}

http::Response list_page(Visit& visit) {
    return shown(visit, core::procedure_at_desk(visit, core::edit_procedures_action), {});
}

http::Response invite(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    const auto plan = core::load_plan(visit.tx, record);
    const auto* track = find_track(plan, visit.form["track"]);
    const auto addresses = read_addresses(visit.form["addresses"]);
    Problems problems = addresses ? Problems{} : addresses.problems();
    if (!track) problems.add("track", tr_noop("Please choose a track."));
    if (record.state == core::ProcedureState::draft)
        problems.add("", tr_noop("Please publish the procedure first: the invitation leads to its page."));
    if (problems.any()) return shown(visit, record, problems);
    int count = 0;
    for (const auto& email : *addresses)
        count += add(visit.tx, visit.tenant.id, record.id, track->id, email, visit.now);
    const nlohmann::json payload{{"procedure", record.id.value},
                                 {"address", visit.absolute("/eingeladen/")},
                                 {"language", visit.language.code()}};
    jobs::enqueue(visit.tx,
                  {.kind = std::string(send_job),
                   .payload = payload.dump(),
                   .run_at = visit.now,
                   .tenant = visit.tenant.id.value},
                  visit.now);
    visit.record("invitations.invited", {"procedures", record.id.value}, std::to_string(count));
    return visit.go(core::desk_path(record, below),
                    tr_noop("Newly invited: {n}. The mails are on their way.", {{"n", std::to_string(count)}}));
}

http::Response take_back(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    const auto one = find(visit.tx, visit.tenant.id, to_int(visit.form["id"]).value_or(0));
    if (!one || one->procedure != record.id) throw NotFound();
    remove(visit.tx, visit.tenant.id, *one);
    visit.record("invitations.taken_back", {"procedures", record.id.value});
    return visit.go(core::desk_path(record, below), tr_noop("The invitation is taken back."));
}

http::Response invitation_page(Visit& visit) {
    namespace t = tpl::invitation;
    const auto invitation = need_invitation(visit);
    const auto record = procedure_of(visit, invitation);
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = record.title, .lead = record.summary}));
    const core::FormView form(visit, visit.form, {});
    values.set(t::FORM, form.html({.submit = tr_noop("Accept the invitation"), .once = false}));
    return visit.page({.title = record.title, .kind = "form", .index = false}, t::file, values);
}

http::Response join(Visit& visit) {
    const auto invitation = need_invitation(visit);
    const auto record = procedure_of(visit, invitation);
    const auto who = visit.need_participant().id;
    core::join_track(visit.tx, visit.tenant.id, invitation.track, who, visit.now);
    accept(visit.tx, invitation.id, who, visit.now);
    return visit.go("/verfahren/" + record.key, tr_noop("Thank you. You can take part now, in this browser."));
}

// In turns, so that a long list holds up no other write.
void send_mails(core::House& house, const jobs::Job& job) {
    const auto payload = nlohmann::json::parse(job.payload);
    const core::ProcedureId procedure{payload.at("procedure").get<std::int64_t>()};
    const auto* language = i18n::find_language(payload.at("language").get<std::string>());
    const std::string address = payload.at("address").get<std::string>();
    bool more = language != nullptr;
    while (more)
        house.database->write([&](db::Tx& tx) {
            const Timestamp now = house.clock->now();
            const auto record = core::find_procedure(tx, core::TenantId{job.tenant}, procedure);
            const auto tenants = core::all_tenants(tx);
            const auto tenant = std::find_if(tenants.begin(), tenants.end(),
                                             [&](const auto& one) { return one.id.value == job.tenant; });
            const auto list = unsent(tx, procedure, mails_a_turn);
            more = record && tenant != tenants.end() && !list.empty();
            if (!more) return;
            for (const auto& one : list) {
                const core::Letter letter{
                    .subject = language->tr(tr_noop("Invitation: {title}", {{"title", record->title}})),
                    .words = {language->tr(tr_noop("you are invited to take part in “{title}”. Open the page and press "
                                                   "the button there; then this browser may take part.",
                                                   {{"title", record->title}}))},
                    .url = address + arm(tx, one.id, now),
                    .button = language->tr("To the invitation"),
                    .footer = language->tr("The link is only for you; please do not hand it on.")};
                core::send_mail(tx, tenant->id, core::compose(*language, *tenant, one.email, letter), now);
            }
        });
}

}  // namespace mitwirken::invitations
