// The mails: whatever is due for a reader goes into one, in their language. It is composed, put into the outbox table
// and marked as sent in one transaction, so a crash in between neither loses nor doubles anything.
#include <algorithm>
#include <map>

#include "core/contributions/contributions.h"
#include "core/notify/letter.h"
#include "core/people/people.h"
#include "core/procedures/records.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"
#include "platform/html/html.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

namespace mitwirken::following {

namespace {

constexpr std::size_t readers_at_once = 50, lines_in_a_mail = 40, names_in_a_footer = 5;
constexpr int rows_looked_at = 400;

Message titled(const Happening& h, const std::string& title) {
    switch (h.what) {
        case What::answer:
            return tr_noop("Answer of the office: {title}", {{"title", title}});
        case What::status:
            return tr_noop("New state: {title}", {{"title", title}});
        case What::outcome:
            return tr_noop("Result: {title}", {{"title", title}});
        case What::measure:
            return tr_noop("Measure: {title}", {{"title", title}});
        case What::document:
            return tr_noop("New document: {title}", {{"title", title}});
        case What::step:
            return h.word == "begins" ? tr_noop("Has begun: {title}", {{"title", title}})
                                      : tr_noop("Has ended: {title}", {{"title", title}});
        case What::event:
            return tr_noop("Date: {title}", {{"title", title}});
        case What::news:
            return tr_noop("News: {title}", {{"title", title}});
        case What::item:
            if (h.word == "procedure") return tr_noop("New procedure: {title}", {{"title", title}});
            if (h.word == "event") return tr_noop("Date: {title}", {{"title", title}});
            if (h.word == "news") return tr_noop("News: {title}", {{"title", title}});
            return tr_noop("New: {title}", {{"title", title}});
        case What::contribution:
        case What::comment:
            break;
    }
    return tr_noop("New contribution: {title}", {{"title", title}});
}

std::string excerpt(const std::string& markdown) { return one_line(html::markdown_to_text(markdown), 200); }

// Of a contribution the words that stand there now: what was redacted since is in no mail.
std::optional<Said> say_contribution(db::Tx& tx, const i18n::Language& language, const Happening& h, Said said) {
    const auto c = core::find_contribution(tx, h.tenant, h.contribution);
    if (!c || !c->is_public()) return {};
    if (h.what != What::contribution && h.what != What::comment) return said;
    said.text = excerpt(c->body);
    if (h.what == What::contribution) {
        said.title = language.tr(titled(h, one_line(c->title, 120)));
        return said;
    }
    const auto target = core::find_contribution(tx, h.tenant, c->target);
    if (!target || !target->is_public()) return {};
    const std::string title = one_line(target->title, 120);
    said.title = language.tr(c->official() ? tr_noop("The office on: {title}", {{"title", title}})
                                           : tr_noop("New comment on: {title}", {{"title", title}}));
    return said;
}

const i18n::Language& language_of(const Reader& reader, const core::Tenant& tenant) {
    for (const auto& code : {reader.language, tenant.languages.front()})
        if (const auto* language = i18n::find_language(code))
            if (std::find(tenant.languages.begin(), tenant.languages.end(), code) != tenant.languages.end())
                return *language;
    return i18n::german();
}

// One mail's making.
struct Maker {
    const core::House& house;
    db::Tx& tx;
    const core::Tenant& tenant;
    Timestamp now;

    std::string absolute(const Reader& reader, const i18n::Language& language, const std::string& path) const {
        const std::string site = !reader.site.empty()   ? reader.site
                                 : tenant.hosts.empty() ? "https://" + tenant.key
                                                        : "https://" + tenant.hosts.front();
        return site + (language.code() == tenant.languages.front() ? "" : "/" + language.code()) + path;
    }
};

// The address as it is now; "" when nobody may be written to any more.
std::string current_address(const Maker& maker, const Reader& reader) {
    if (!reader.account) return reader.email;
    const auto account = core::find_account(maker.tx, reader.account);
    if (!account || account->state != core::AccountState::active) return "";
    const std::string email = lower_ascii(account->email);
    if (!mail::is_address(email)) return "";
    if (email != reader.email && !find_reader(maker.tx, reader.tenant, email)) move_reader(maker.tx, reader.id, email);
    return email;
}

struct Contents {
    std::vector<core::LetterPart> parts;
    std::vector<Said> said;
    std::size_t left_out = 0;
    Scope scope;
    bool at_once = false;
};

Contents contents_of(const Maker& maker, const Reader& reader, const i18n::Language& language) {
    Contents all;
    const auto follows = follows_of(maker.tx, reader.id);
    int looked_at = 0;
    for (const auto& waiting : waiting_of(maker.tx, reader.id, maker.now)) {
        if (++looked_at > rows_looked_at) {
            ++all.left_out;
            continue;
        }
        const auto h = find_happening(maker.tx, waiting.happening);
        auto said = h && h->state != Progress::dropped ? say(maker.tx, language, *h) : std::nullopt;
        if (!said) continue;
        const auto why = std::find_if(follows.begin(), follows.end(),
                                      [&](const Follow& follow) { return follow.id == waiting.follow; });
        all.at_once = all.at_once || why == follows.end() || why->rhythm == Rhythm::at_once;
        auto& known = all.scope.follows;
        if (why == follows.end())
            all.scope.news = true;
        else if (std::find(known.begin(), known.end(), why->id) == known.end())
            known.push_back(why->id);
        if (all.said.size() >= lines_in_a_mail)
            ++all.left_out;
        else
            all.said.push_back(std::move(*said));
    }
    for (const auto& said : all.said) {
        auto part = std::find_if(all.parts.begin(), all.parts.end(),
                                 [&](const core::LetterPart& known) { return known.heading == said.group; });
        if (part == all.parts.end()) part = all.parts.insert(part, core::LetterPart{said.group, {}, ""});
        part->lines.push_back({said.title, maker.absolute(reader, language, said.url), said.text});
    }
    if (all.left_out > 0 && !all.parts.empty())
        all.parts.back().more =
            language.plural("And one thing more.", "And {n} things more.", std::int64_t(all.left_out));
    return all;
}

std::string why_in_words(const Maker& maker, const Reader& reader, const i18n::Language& language, const Scope& scope) {
    std::vector<std::string> names;
    for (const auto id : scope.follows) {
        if (names.size() == names_in_a_footer) {
            names.emplace_back("…");
            break;
        }
        if (const auto follow = find_follow(maker.tx, reader.id, id))
            names.push_back(name_of(maker.tx, language, reader.tenant, *follow));
    }
    if (names.empty()) return language.tr("You get this mail because you took part there.");
    return language.tr(tr_noop("You get this mail because you follow: {names}.", {{"names", join(names, "; ")}}));
}

void write_mail(const Maker& maker, Reader reader) {
    if (const auto resumes = resumes_at(reader, maker.now)) {
        put_off(maker.tx, reader.id, *resumes);
        return plan_sending(maker.tx, reader.tenant, *resumes, maker.now);
    }
    const std::string address = current_address(maker, reader);
    if (address.empty()) return drop_deliveries(maker.tx, reader.id);
    const auto& language = language_of(reader, maker.tenant);
    const auto contents = contents_of(maker, reader, language);
    mark_sent(maker.tx, reader.id, maker.now);
    if (contents.said.empty()) return;
    const auto count = std::int64_t(contents.said.size() + contents.left_out);
    const auto& first = contents.said.front();
    const auto link = [&](const std::string& page, std::string_view purpose, const std::string& scope) {
        return maker.absolute(reader, language, page + "/" + sign_link(maker.house.key, purpose, reader, scope));
    };
    const std::string end = link(base + "/ende", end_link, to_word(contents.scope));
    core::Letter letter{
        .subject = one_line(count == 1 ? first.title + (first.group.empty() ? "" : " – " + first.group)
                                       : language.plural("{n} thing is new: {name}", "{n} things are new: {name}",
                                                         count, {{"name", first.group}}),
                            150),
        .words = {language.plural("something is new.", "here is what is new.", count)},
        .parts = contents.parts,
        .footer = why_in_words(maker, reader, language, contents.scope),
        .footer_links = {{language.tr("Change how often we write, pause, or end it"), link(own_base, manage_link, "")},
                         {language.tr("End these mails"), end}},
        .kind = tr_noop("News for somebody who follows")};
    auto mail = core::compose(language, maker.tenant, address, letter);
    mail.list_unsubscribe = end;
    core::send_mail(maker.tx, reader.tenant, mail, maker.now);
    if (!contents.at_once) return;
    reader.mailed_at = maker.now;
    save_reader(maker.tx, reader);
}

// False when nothing more is due.
bool send_some(const core::House& house, db::Tx& tx, core::TenantId tenant_id, Timestamp now) {
    std::optional<core::Tenant> tenant;
    for (auto& known : core::all_tenants(tx))
        if (known.id == tenant_id) tenant = std::move(known);
    if (!tenant) return false;
    std::vector<ReaderId> readers;
    for (const auto& due : due_deliveries(tx, tenant_id, now, int(readers_at_once) * 4))
        if (readers.size() < readers_at_once && std::find(readers.begin(), readers.end(), due.reader) == readers.end())
            readers.push_back(due.reader);
    const Maker maker{house, tx, *tenant, now};
    for (const auto id : readers)
        if (auto reader = find_reader(tx, id)) write_mail(maker, std::move(*reader));
    return !readers.empty();
}

}  // namespace

std::optional<Said> say(db::Tx& tx, const i18n::Language& language, const Happening& h) {
    Said said{language.tr("New on this site"), "/", "", h.text, h.url};
    if (h.procedure) {
        const auto procedure = core::find_procedure(tx, h.tenant, h.procedure);
        if (!procedure || procedure->state == core::ProcedureState::draft) return {};
        said.group = one_line(procedure->title, 120);
        said.group_url = "/verfahren/" + procedure->key;
    } else if (h.what == What::item && !search::is_shown(tx, h.tenant.value, h.module, h.item, "public")) {
        return {};
    }
    said.title = language.tr(titled(h, h.title));
    return h.contribution ? say_contribution(tx, language, h, std::move(said)) : std::optional<Said>(std::move(said));
}

void send_due(core::House& house, const jobs::Job& job) {
    for (bool more = true; more;)
        house.database->write(
            [&](db::Tx& tx) { more = send_some(house, tx, core::TenantId{job.tenant}, house.clock->now()); });
}

}  // namespace mitwirken::following
