// The page of a documentation: structs into template values.
#include <fmt/format.h>

#include <algorithm>

#include "core/attachments/attachments.h"
#include "core/forms/forms.h"
#include "core/widgets/widgets.h"
#include "documentation/templates.h"
#include "modules/documentation/pages.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

namespace t = tpl::document;
using core::Visit;

void add_thoughts(html::Values box, const std::string& text) {
    for (const auto& thought : thoughts_of(text)) box.add(t::THOUGHT).set(t::TEXT, thought);
}

void fill_points(Visit& visit, html::Values& page, const Whole& whole) {
    std::optional<html::Values> box;
    for (const auto& session : whole.sessions)
        for (std::size_t i = 0; i < session.groups.size(); ++i) {
            const Group& group = session.groups[i];
            if (group.key_point.empty()) continue;
            if (!box) box = page.add(t::POINTS).set(t::INTRO, whole.document.points_intro);
            auto point = box->add(t::POINT).set(t::GROUP_NAME, group_title(visit, group, i + 1));
            add_thoughts(point, group.key_point);
        }
}

void fill_questions(Visit& visit, html::Values& page, const std::vector<Question>& questions) {
    if (questions.empty()) return;
    auto box = page.add(t::QUESTIONS);
    for (const auto& question : questions) {
        auto card = box.add(t::QUESTION).set(t::TEXT, question.text);
        card.set(t::CHOOSE,
                 visit.language.plural("One answer could be chosen.", "{n} answers could be chosen.", question.choose));
        const std::int64_t all = votes_of(question);
        if (all == 0) {
            auto answers = card.add(t::ANSWERS);
            for (const auto& option : question.options) answers.add(t::ANSWER).set(t::WORDS, option.text);
            continue;
        }
        auto table = card.add(t::COUNTED).set(t::TEXT, question.text);
        for (const auto& option : question.options) {
            const double percent = 100.0 * double(option.votes.value_or(0)) / double(all);
            auto row = table.add(t::COUNT).set(t::WORDS, option.text).set(t::PERCENT, fmt::format("{:.1f}", percent));
            row.set(t::VOTES, visit.language.number(option.votes.value_or(0)))
                .set(t::SHARE, visit.language.number(percent, 0) + " %");
        }
    }
}

void fill_boards(Visit& visit, html::Values& page, const Group& group) {
    const struct {
        Board board;
        const char* icon;
        std::string heading;
    } boards[] = {{Board::helpful, "thumb", visit.tr("Helpful")},
                  {Board::improve, "edit", visit.tr("To be improved")},
                  {Board::novel, "idea", visit.tr("New")}};
    const bool any = std::any_of(std::begin(boards), std::end(boards),
                                 [&](const auto& board) { return !group.of(board.board).empty(); });
    if (!any) return;
    auto box = page.add(t::BOARDS);
    for (const auto& board : boards) {
        auto part = box.add(t::BOARD)
                        .set(t::CLASS, to_word(board.board))
                        .set(t::ICON, board.icon)
                        .set(t::HEADING, board.heading);
        part.set(t::NUMBER, std::int64_t(group.of(board.board).size()));
        part.show_if(group.of(board.board).empty(), t::NO_NOTES);
        if (group.of(board.board).empty()) continue;
        auto notes = part.add(t::NOTES);
        for (const auto& note : group.of(board.board)) notes.add(t::NOTE).set(t::TEXT, note);
    }
}

void fill_group(Visit& visit, html::Values box, const Group& group, std::size_t session, std::size_t number) {
    const std::string anchor = fmt::format("group-{}-{}", session, number);
    box.set(t::ANCHOR, anchor).set(t::HEADING_ID, "h-" + anchor).set(t::TITLE, group_title(visit, group, number));
    if (!group.of(Board::quote).empty()) {
        auto quotes = box.add(t::QUOTES);
        for (const auto& quote : group.of(Board::quote)) quotes.add(t::QUOTE).set(t::TEXT, quote);
    }
    fill_boards(visit, box, group);
    if (!group.quintessence.empty()) add_thoughts(box.add(t::ESSENCE), group.quintessence);
    if (!group.key_point.empty()) add_thoughts(box.add(t::POINT), group.key_point);
}

void fill_sessions(Visit& visit, html::Values& page, const std::vector<Session>& sessions) {
    for (std::size_t s = 0; s < sessions.size(); ++s) {
        const Session& session = sessions[s];
        const std::string anchor = fmt::format("session-{}", s + 1);
        auto box =
            page.add(t::SESSION).set(t::ANCHOR, anchor).set(t::HEADING_ID, "h-" + anchor).set(t::TITLE, session.title);
        if (!session.question.empty()) box.add(t::ASKED).set(t::TEXT, session.question);
        if (!session.input.empty())
            box.add(t::INPUT).set(t::TEXT_HTML, html::markdown(session.input, {.first_heading = 2}));
        if (session.groups.size() > 2) {
            auto jumps = box.add(t::JUMPS).set(t::LABEL,
                                               visit.tr(tr_noop("Groups of: {session}", {{"session", session.title}})));
            for (std::size_t g = 0; g < session.groups.size(); ++g)
                jumps.add(t::JUMP)
                    .set(t::ANCHOR, fmt::format("group-{}-{}", s + 1, g + 1))
                    .set(t::TITLE, group_title(visit, session.groups[g], g + 1));
        }
        for (std::size_t g = 0; g < session.groups.size(); ++g)
            fill_group(visit, box.add(t::GROUP), session.groups[g], s + 1, g + 1);
    }
}

const char* icon_of(const std::string& url) {
    if (starts_with(url, "/downloads")) return "download";
    if (starts_with(url, "/angebote")) return "megaphone";
    if (starts_with(url, "/termine")) return "calendar";
    if (starts_with(url, "/instrumente")) return "toolbox";
    return starts_with(url, "/") ? "link" : "external";
}

void fill_aside(Visit& visit, html::Values& page, const Document& d) {
    if (const auto steps = lines_of(d.agenda); !steps.empty()) {
        auto box = page.add(t::AGENDA);
        for (const auto& text : steps) box.add(t::STEP).set(t::TEXT, text);
    }
    if (const auto partners = lines_of(d.partners); !partners.empty()) {
        auto box = page.add(t::PARTNERS);
        for (const auto& text : partners) box.add(t::PARTNER).set(t::TEXT, text);
    }
    if (const auto links = links_of(d.links); !links.empty()) {
        auto box = page.add(t::LINKS);
        for (const auto& link : links)
            box.add(t::LINK).set(t::URL, visit.url(link.url)).set(t::TITLE, link.title).set(t::ICON, icon_of(link.url));
    }
    if (const auto lines = lines_of(d.contact); !lines.empty()) {
        auto box = page.add(t::CONTACT);
        for (const auto& line : lines) box.add(t::LINE).set(t::TEXT, line);
    }
    const auto files = core::attachments(visit.tx, visit.tenant.id, ref(d.id));
    if (files.empty()) return;
    auto box = page.add(t::FILES);
    for (const auto& file : files)
        box.add(t::FILE)
            .set(t::URL, file.url())
            .set(t::TITLE, file.title.empty() ? file.name : file.title)
            .set(t::META, file.words() + ", " + visit.language.bytes(std::uint64_t(file.size)));
}

}  // namespace

std::string when_in(const core::Visit& visit, const Document& document) {
    if (!document.when_text.empty()) return document.when_text;
    return document.day ? visit.language.date(*document.day) : "";
}

std::string group_title(const core::Visit& visit, const Group& group, std::size_t number) {
    return group.title.empty() ? visit.tr(tr_noop("Group {number}", {{"number", std::to_string(number)}}))
                               : group.title;
}

std::string figures_in(const core::Visit& visit, const Whole& whole) {
    std::int64_t groups = 0, notes = 0;
    for (const auto& session : whole.sessions) {
        groups = std::max(groups, std::int64_t(session.groups.size()));  // the same people meet again in each session
        for (const auto& group : session.groups)
            for (const auto& board : group.notes) notes += std::int64_t(board.size());
    }
    return visit.language.plural("{n} group", "{n} groups", groups) + ", " +
           visit.language.plural("{n} contribution", "{n} contributions", notes);
}

html::SafeHtml document_view(core::Visit& visit, const Whole& whole, bool preview) {
    const Document& d = whole.document;
    html::Values page;
    if (preview)
        page.add(t::PREVIEW).set(t::URL, visit.url("/verwaltung/dokumentationen/" + std::to_string(d.id.value)));
    core::Heading heading{.title = d.title,
                          .lead = d.lead,
                          .eyebrow = when_in(visit, d),
                          .crumbs = {{visit.tr("Results"), "/ergebnisse"}}};
    if (!preview)
        heading.links = {{"/ergebnisse/" + d.key + "/druck", visit.tr("Print view"), "print", true},
                         {"/api/v1/documentations/" + d.key, visit.tr("As data"), "download"},
                         {core::embedding_address("/einbetten/ergebnisse/" + d.key), visit.tr("Embed"), "puzzle"}};
    page.set(t::HEAD, core::page_head(visit, heading));
    fill_points(visit, page, whole);
    if (!d.why.empty()) page.add(t::WHY).set(t::TEXT_HTML, html::markdown(d.why, {.first_heading = 2}));
    if (!d.moods.empty()) page.add(t::MOODS).set(t::TEXT, d.moods);
    fill_questions(visit, page, whole.questions);
    fill_sessions(visit, page, whole.sessions);
    if (!d.closing.empty()) page.add(t::CLOSING).set(t::TEXT_HTML, html::markdown(d.closing, {.first_heading = 2}));
    if (!d.note.empty()) page.add(t::NOTE_ON_TEXT).set(t::TEXT, d.note);
    if (!d.credits.empty()) page.add(t::CREDITS).set(t::TEXT, d.credits);
    fill_aside(visit, page, d);
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::documentation
