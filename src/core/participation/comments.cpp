// See comments.h.
#include "core/participation/comments.h"

#include <algorithm>
#include <map>

#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "core/templates.h"

namespace mitwirken::core {

namespace {

namespace t = tpl::comments;

struct Thread {
    const Contribution* head = nullptr;
    std::vector<const Contribution*> answers;
};

// Answers under what they answer; what answers something that is not shown (hidden, on an earlier page) stands alone.
std::vector<Thread> threads_of(const std::vector<Contribution>& comments) {
    std::vector<Thread> threads;
    std::map<ContributionId, std::size_t> place;
    for (const auto& comment : comments) {
        const auto at = place.find(comment.parent);
        if (comment.parent && at != place.end()) {
            threads[at->second].answers.push_back(&comment);
            continue;
        }
        place[comment.id] = threads.size();
        threads.push_back({&comment, {}});
    }
    std::stable_sort(threads.begin(), threads.end(),
                     [](const Thread& a, const Thread& b) { return a.head->official() > b.head->official(); });
    return threads;
}

std::string author_of(const Visit& visit, const Contribution& comment) {
    if (comment.official())
        if (const auto office = find_organisation(visit.tx, visit.tenant.id, comment.organisation)) return office->name;
    return comment.author_name.empty() ? visit.tr("anonymous") : comment.author_name;
}

// What the section's lines need to know of the visitor.
struct Reader {
    std::string path;
    bool agree = false;  // may agree with comments now
    std::vector<ContributionId> agreed;
    bool has_agreed(ContributionId id) const { return std::find(agreed.begin(), agreed.end(), id) != agreed.end(); }
};

void fill(Visit& visit, html::Values line, const Contribution& comment, const Reader& reader) {
    const std::string& path = reader.path;
    line.set(t::ID, comment.id.value)
        .set(t::BODY, html::markdown(comment.body, {.first_heading = 5, .by_public = true}))
        .set(t::AUTHOR, author_of(visit, comment))
        .set(t::WHEN, visit.language.ago(comment.published_at.value_or(comment.created_at), visit.now))
        .set(t::INSTANT, to_iso(comment.created_at));
    line.show_if(comment.official(), t::OFFICIAL);
    if (!comment.is_public()) return void(line.show(t::ONLY_YOU));
    if (comment.supports > 0)
        line.add(t::AGREED).set(t::TEXT, visit.language.plural("{n} agrees", "{n} agree", comment.supports));
    if (reader.agree && !comment.official()) {
        auto agree = line.add(t::AGREE).set(t::ACTION, visit.url(path + "/zustimmung"));
        agree.show(reader.has_agreed(comment.id) ? t::BACK : t::GIVE);
    }
    line.add(t::REPORT).set(t::URL, visit.url(path + "/melden?beitrag=" + std::to_string(comment.id.value)));
}

html::SafeHtml comment_form(Visit& visit, const Contribution& target, const Form& values, const Problems& problems) {
    const auto needs = needs_of(visit, "comment");
    FormView form(visit, values, problems);
    form.part(needs.notice);
    if (!needs.open) return needs.notice;
    form.area("body", tr_noop("Your comment")).limit(comment_letters);
    add_person_fields(visit, form);
    if (const auto& answered = values["antwort"]; !answered.empty()) form.hidden("antwort", answered);
    return form.html({.action = comment_path(visit, target),
                      .submit = tr_noop("Send the comment"),
                      .keep_draft = true,
                      .id = "comment-form"});
}

CommentOrder order_of(const Visit& visit) {
    const std::string& word = visit.query["reihe"];
    if (word == "neueste") return CommentOrder::newest;
    if (word == "zustimmung") return CommentOrder::most_supported;
    return CommentOrder::oldest;
}

void add_orders(Visit& visit, html::Values& section, CommentOrder order) {
    auto box = section.add(t::ORDERS);
    for (const auto& [one, word, label] :
         {std::tuple{CommentOrder::oldest, "", tr_noop("Oldest first")},
          std::tuple{CommentOrder::newest, "neueste", tr_noop("Newest first")},
          std::tuple{CommentOrder::most_supported, "zustimmung", tr_noop("Most agreement first")}}) {
        Form query;
        if (*word) query.add("reihe", word);
        box.add(t::ORDER)
            .set(t::URL, visit.url(visit.path) + (*word ? "?" + to_query(query) : "") + "#comments")
            .set(t::LABEL, visit.tr(label))
            .show_if(one == order, t::CURRENT);
    }
}

// One page of comments, and the address of the next one.
std::vector<Contribution> comments_shown(Visit& visit, const Contribution& target, ParticipantId own,
                                         CommentOrder order, html::Values& section) {
    const ContributionId after{to_int(visit.query["ab"]).value_or(0)};
    std::optional<Contribution> last;
    std::vector<Contribution> comments;
    if (order == CommentOrder::oldest) {
        comments = comments_of(visit.tx, target.id, own, after, comments_on_a_page + 1);
        if (int(comments.size()) > comments_on_a_page) {
            comments.pop_back();
            last = comments.back();
        }
    } else {
        const auto edge = after ? find_contribution(visit.tx, visit.tenant.id, after) : std::nullopt;
        auto page = sorted_comments(visit.tx, target.id, own, order,
                                    edge && edge->target == target.id ? edge : std::nullopt, comments_on_a_page);
        comments = std::move(page.comments);
        last = std::move(page.last);
    }
    if (last) section.add(t::MORE).set(t::URL, visit.with("ab", std::to_string(last->id.value)) + "#comments");
    return comments;
}

}  // namespace

std::string_view agreeing(const Visit& visit) {
    return visit.place().activity->module == "discussion" ? "support" : "comment";
}

Answer may_agree(const Visit& visit) { return visit.place().ask(agreeing(visit)); }

std::string comment_path(const Visit& visit, const Contribution& target) {
    const auto& place = visit.place();
    return "/verfahren/" + place.procedure.key + "/gespraech/" + place.activity->key + "/" +
           std::to_string(target.id.value);
}

html::SafeHtml comments_section(Visit& visit, const Contribution& target, const Form& values,
                                const Problems& problems) {
    const auto* participant = visit.participant();
    const auto own = participant ? participant->id : ParticipantId{};
    const auto order = order_of(visit);
    html::Values section;
    const auto comments = comments_shown(visit, target, own, order, section);
    if (target.comments > 1) add_orders(visit, section, order);
    const std::string path = comment_path(visit, target);
    Reader reader{path, may_agree(visit).allowed() && !visit.place().preview, {}};
    if (own && reader.agree) {
        std::vector<ContributionId> ids;
        for (const auto& comment : comments) ids.push_back(comment.id);
        reader.agreed = supported(visit.tx, own, ids);
    }
    const bool open = visit.place().ask("comment").allowed();
    section.set(t::REPORT_URL, visit.url(path + "/melden"));
    section.set(t::COUNT, visit.language.plural("{n} comment", "{n} comments", target.comments));
    for (const auto& thread : threads_of(comments)) {
        auto line = section.add(t::THREAD);
        fill(visit, line, *thread.head, reader);
        if (open && thread.head->is_public())
            line.add(t::ANSWER).set(t::URL,
                                    visit.with("antwort", std::to_string(thread.head->id.value)) + "#comment-form");
        for (const auto* answer : thread.answers) fill(visit, line.add(t::REPLY), *answer, reader);
    }
    Form shown = values;
    if (shown["antwort"].empty() && !visit.query["antwort"].empty()) shown.set("antwort", visit.query["antwort"]);
    section.set(t::FORM, comment_form(visit, target, shown, problems));
    section.show_if(!shown["antwort"].empty(), t::ANSWERING);
    return html::render_part(t::file, section, visit.language);
}

}  // namespace mitwirken::core
