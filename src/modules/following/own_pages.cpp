// Everything one follows on one page: by sign-in, by the browser that took part with a confirmed address, or by the
// signed link of every mail.
#include "core/access/throttle.h"
#include "core/forms/guard.h"
#include "core/notify/letter.h"
#include "core/people/people.h"
#include "following/templates.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"

namespace mitwirken::following {

namespace {

using core::Visit;

core::Throttle& by_network(const Visit& visit) {
    return visit.house.throttles.named("following.link", 10, std::chrono::minutes{2});
}
constexpr int longest_pause = 365;  // days

std::string field_of(const char* what, const Follow& follow) {
    return std::string(what) + "-" + std::to_string(follow.id.value);
}

void add_line(Visit& visit, html::Values& table, const Follow& follow, const Form& values) {
    namespace t = tpl::own;
    const auto named = name_of(visit, follow);
    auto line = table.add(t::ITEM).set(t::ID, follow.id.value).set(t::KIND, named.kind).set(t::NAME, named.name);
    if (!named.url.empty()) line.set(t::URL, visit.url(named.url)).show(t::THERE);
    const std::string field = field_of("rhythmus", follow);
    const std::string chosen =
        values.has(field) ? values[field] : std::string(db::Names<Rhythm>::words[std::size_t(follow.rhythm)]);
    for (const auto& option : rhythm_options(visit))
        line.add(t::OPTION)
            .set(t::VALUE, option.value)
            .set(t::LABEL, option.label)
            .show_if(option.value == chosen, t::CHOSEN);
    line.show_if(values.has(field_of("ende", follow)), t::ENDING);
    if (!follow.confirmed_at) line.show(t::UNCONFIRMED);
}

html::SafeHtml content(Visit& visit, const Reader& reader, const Form& values, const Problems& problems) {
    namespace t = tpl::own;
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit, {.title = visit.tr("What I follow"), .crumbs = {{visit.tr("Follow"), base}}}));
    page.set(t::ERRORS, core::error_summary(visit, problems)).set(t::ACTION, visit.url(visit.path));
    page.set(t::EMAIL, reader.email).set(t::MORE_URL, visit.url(base));
    if (const auto follows = follows_of(visit.tx, reader.id); follows.empty()) {
        page.show(t::NONE);
    } else {
        auto table = page.add(t::SOME);
        for (const auto& follow : follows) add_line(visit, table, follow, values);
    }
    const bool sent = !values.empty();
    page.set(t::PAUSE, sent ? values["pause"] : resumes_at(reader, visit.now) ? reader.paused_until : "");
    if (const auto* problem = problems.of("pause")) page.add(t::PAUSE_ERROR).set(t::TEXT, visit.tr(problem->message));
    page.show_if(problems.of("pause") != nullptr, t::PAUSE_WRONG);
    page.show_if(sent ? values.has("news") : reader.news, t::NEWS);
    return html::render_part(t::file, page, visit.language);
}

core::PageHead head_of(const Visit& visit) {
    return {.title = visit.tr("What I follow"), .kind = "form", .index = false};
}

// New due times for what waits, after a rhythm or a pause was changed.
void plan_anew(Visit& visit, const Reader& reader) {
    const auto follows = follows_of(visit.tx, reader.id);
    for (const auto& waiting : all_waiting_of(visit.tx, reader.id)) {
        Rhythm rhythm = Rhythm::at_once;
        for (const auto& follow : follows)
            if (follow.id == waiting.follow) rhythm = follow.rhythm;
        const auto due = due_at(rhythm, reader, visit.now);
        move_delivery(visit.tx, waiting, reader.id, due);
        plan_sending(visit.tx, visit.tenant.id, due, visit.now);
    }
}

Problems check_own(const Visit& visit, const std::vector<Follow>& follows) {
    Problems problems;
    for (const auto& follow : follows)
        if (const auto& word = visit.form[field_of("rhythmus", follow)]; !word.empty() && !rhythm_from(word))
            problems.add(field_of("rhythmus", follow), tr_noop("Please choose how often we may write."));
    const std::string pause = trimmed(visit.form["pause"]);
    if (pause.empty()) return problems;
    const auto day = parse_date(pause);
    const auto today = berlin_day(visit.now);
    if (!day || *day <= today || days_between(today, *day) > longest_pause)
        problems.add("pause", tr_noop("Please give a day after today, at most a year ahead."));
    return problems;
}

http::Response save(Visit& visit, Reader reader) {
    const auto follows = follows_of(visit.tx, reader.id);
    const bool all = visit.form["step"] == "end_all";
    const Problems problems = all ? Problems{} : check_own(visit, follows);
    if (problems.any()) return core::show_again(visit, head_of(visit), content(visit, reader, visit.form, problems));
    for (const auto& follow : follows) {
        if (all || visit.form.has(field_of("ende", follow))) {
            end_follow(visit.tx, follow.id);
        } else if (const auto rhythm = rhythm_from(visit.form[field_of("rhythmus", follow)])) {
            set_rhythm(visit.tx, follow.id, *rhythm);
        }
    }
    reader.news = !all && visit.form.has("news");
    if (!all) reader.paused_until = trimmed(visit.form["pause"]);
    save_reader(visit.tx, reader);
    if (!reader.news) drop_news(visit.tx, reader.id);
    plan_anew(visit, reader);
    return visit.go(visit.path,
                    all ? tr_noop("Everything has ended; we send no more of these mails.") : tr_noop("Saved."));
}

http::Response ask_for_address(Visit& visit, const Problems& problems) {
    namespace t = tpl::who;
    core::FormView form(visit, visit.form, problems);
    form.email("email", tr_noop("E-mail address"))
        .fill("email")
        .hint(tr_noop("We send the link to your page there, if this address follows something."));
    core::add_guard(form, visit);
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = visit.tr("What I follow"),
                                              .lead = visit.tr("Every mail holds the link to this page. Here you can "
                                                               "have it sent once more."),
                                              .crumbs = {{visit.tr("Follow"), base}}}));
    page.set(t::FORM, form.html({.action = base + "/link", .submit = tr_noop("Send me the link"), .cancel = base}));
    const auto shown = html::render_part(t::file, page, visit.language);
    return problems.any() ? core::show_again(visit, head_of(visit), shown) : visit.page(head_of(visit), shown);
}

}  // namespace

std::string proven_address(Visit& visit) {
    std::string address;
    if (visit.account)
        address = lower_ascii(visit.account->email);
    else if (const auto* participant = visit.participant()) {
        address = address_of(visit.tx, visit.tenant.id, participant->id);
        // Not confirmed while taking part, but here, with this browser.
        if (address.empty())
            for (const auto& reader : readers_of(visit.tx, visit.tenant.id, participant->id)) address = reader.email;
    }
    return mail::is_address(address) ? lower_ascii(address) : "";
}

std::optional<Reader> reader_here(Visit& visit) {
    const std::string address = proven_address(visit);
    if (address.empty()) return {};
    return find_reader(visit.tx, visit.tenant.id, address);
}

Reader reader_of_link(Visit& visit, std::string_view purpose) {
    const auto link = read_link(visit.parameter("token"));
    auto reader = link ? find_reader(visit.tx, link->reader) : std::nullopt;
    if (!reader || reader->tenant != visit.tenant.id || !is_genuine(visit.house.key, purpose, *reader, *link))
        throw NotFound(tr_noop("This link is not whole, or what it was for has ended. Nothing is sent any more then."));
    return std::move(*reader);
}

std::string link_to(const Visit& visit, std::string_view purpose, const Reader& reader) {
    return (purpose == manage_link ? own_base : base + "/bestaetigen") + "/" +
           sign_link(visit.house.key, purpose, reader);
}

http::Response own_page(Visit& visit) {
    if (proven_address(visit).empty()) return ask_for_address(visit, {});
    auto reader = reader_here(visit);
    if (!reader) {
        // Nothing is followed yet: the page says so, and nothing is written by looking at it.
        reader.emplace();
        reader->email = proven_address(visit);
    }
    return visit.page(head_of(visit), content(visit, *reader, {}, {}));
}

http::Response save_own(Visit& visit) {
    const std::string address = proven_address(visit);
    if (address.empty()) throw NotFound();
    const auto* participant = visit.participant();
    const Reader reader = need_reader(
        visit.tx,
        {visit.tenant.id, address, visit.actor.account, participant ? participant->id : core::ParticipantId{},
         visit.language.code(), visit.request.scheme + "://" + std::string(visit.request.headers["host"])},
        visit.now);
    return save(visit, reader);
}

http::Response link_page(Visit& visit) {
    return visit.page(head_of(visit), content(visit, reader_of_link(visit, manage_link), {}, {}));
}

http::Response save_by_link(Visit& visit) { return save(visit, reader_of_link(visit, manage_link)); }

http::Response send_link(Visit& visit) {
    const std::string address = lower_ascii(trimmed(visit.form["email"]));
    Problems problems = core::check_guard(visit);
    if (!mail::is_address(address))
        problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
    if (!problems.any()) problems.append(core::check_throttle(visit, by_network(visit)));
    if (problems.any()) return ask_for_address(visit, problems);
    auto reader = find_reader(visit.tx, visit.tenant.id, address);
    bool follows = false;
    if (reader)
        for (const auto& follow : follows_of(visit.tx, reader->id)) follows = follows || follow.confirmed_at;
    if (follows && may_ask(*reader, visit.now)) {
        reader->asked_at = visit.now;
        ++reader->asked;
        save_reader(visit.tx, *reader);
        const core::Letter letter{
            .subject = visit.tr("What you follow"),
            .words = {visit.tr("here is the link to the page where you change how often we write, pause, or end it.")},
            .url = visit.absolute(link_to(visit, manage_link, *reader)),
            .button = visit.tr("What I follow"),
            .kind = tr_noop("Link to what somebody follows")};
        core::send_mail(visit.tx, visit.tenant.id, core::compose(visit.language, visit.tenant, address, letter),
                        visit.now);
    }
    return visit.go(base, tr_noop("If this address follows something, the link is on its way."));
}

}  // namespace mitwirken::following
