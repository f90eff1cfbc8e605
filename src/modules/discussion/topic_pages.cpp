// The list of topics, one topic with its talk, and opening one.
#include "core/drafts/drafts.h"
#include "core/feeds/feeds.h"
#include "core/forms/forms.h"
#include "core/participation/comments.h"
#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "discussion/templates.h"
#include "modules/discussion/topics.h"
#include "platform/base/text.h"

namespace mitwirken::discussion {

namespace {

using core::Contribution;
using core::ContributionFilter;
using core::ContributionId;
using core::Visit;

std::string base_of(const Visit& visit) {
    return core::path_of(visit, visit.place().procedure, *visit.place().activity);
}

bool is_staff(const Visit& visit) {
    return visit.may(core::edit_procedures_action, visit.place().procedure.organisation).allowed;
}

// May this person open a topic now? Staff prepare them before people may read along.
bool may_open(const Visit& visit) {
    if (is_staff(visit)) return true;
    return settings_of(visit.place().activity->settings).everyone && visit.place().ask("contribute").allowed();
}

std::vector<core::Crumb> crumbs(const Visit& visit, bool with_list) {
    const auto& place = visit.place();
    std::vector<core::Crumb> list{{visit.tr("Procedures"), "/verfahren"},
                                  {place.procedure.title, "/verfahren/" + place.procedure.key}};
    if (with_list) list.push_back({place.activity->title, base_of(visit)});
    return list;
}

std::string author_of(const Visit& visit, const Contribution& topic) {
    if (topic.official())
        if (const auto office = core::find_organisation(visit.tx, visit.tenant.id, topic.organisation))
            return office->name;
    return topic.author_name.empty() ? visit.tr("anonymous") : topic.author_name;
}

// The topic of the address; what is not public is only its author's.
Contribution topic_of(Visit& visit) {
    const auto topic = core::find_contribution(visit.tx, visit.tenant.id, visit.id_parameter<ContributionId>("topic"));
    if (!topic || topic->kind != topic_kind || topic->activity != visit.place().activity->id) throw NotFound();
    const auto* self = visit.participant();
    if (!topic->is_public() && !(self && topic->participant == self->id)) throw NotFound();
    return *topic;
}

struct List {
    std::vector<Contribution> topics;
    std::string next;
};

std::optional<std::pair<std::int64_t, std::int64_t>> place_in_list(const Visit& visit) {
    const auto parts = split(visit.query["nach"], '.');
    if (parts.size() != 2) return {};
    const auto value = to_int(parts[0]), id = to_int(parts[1]);
    if (!value || !id) return {};
    return std::pair{*value, *id};
}

std::string next_place(const Visit& visit, std::int64_t value, ContributionId id) {
    return visit.with("nach", std::to_string(value) + "." + std::to_string(id.value));
}

// By last activity: the table of topics says the order, core the rows.
List most_active_list(Visit& visit, ContributionFilter filter) {
    std::optional<ActiveKey> after;
    if (const auto at = place_in_list(visit))
        after = ActiveKey{Timestamp{std::chrono::milliseconds{at->first}}, ContributionId{at->second}};
    auto keys = most_active(visit.tx, filter.activity, after, topics_on_a_page + 1);
    List list;
    if (int(keys.size()) > topics_on_a_page) {
        keys.pop_back();
        list.next = next_place(visit, keys.back().at.time_since_epoch().count(), keys.back().id);
    }
    filter.among.emplace();
    for (const auto& key : keys) filter.among->push_back(key.id);
    const auto found = core::contributions(visit.tx, visit.tenant.id, filter, topics_on_a_page);
    for (const auto& key : keys)
        for (const auto& topic : found)
            if (topic.id == key.id) list.topics.push_back(topic);
    return list;
}

List list_of(Visit& visit) {
    ContributionFilter filter{.activity = visit.place().activity->id, .kind = std::string(topic_kind)};
    const std::string& sort = visit.query["sortierung"];
    if (sort == "aktiv") return most_active_list(visit, filter);
    filter.sort = sort == "besprochen" ? ContributionFilter::Sort::comments : ContributionFilter::Sort::newest;
    if (const auto at = place_in_list(visit)) filter.after = {at->first, ContributionId{at->second}};
    List list;
    list.topics = core::contributions(visit.tx, visit.tenant.id, filter, topics_on_a_page + 1);
    if (int(list.topics.size()) > topics_on_a_page) {
        list.topics.pop_back();
        const auto key = core::key_of(list.topics.back(), filter);
        list.next = next_place(visit, key.value, key.id);
    }
    return list;
}

void add_orders(Visit& visit, html::Values& page) {
    namespace t = tpl::topics;
    for (const auto& [word, label] :
         {std::pair{"", tr_noop("Newest first")}, std::pair{"aktiv", tr_noop("Last activity")},
          std::pair{"besprochen", tr_noop("Most discussed")}})
        page.add(t::ORDER)
            .set(t::URL, visit.url(base_of(visit)) + (*word ? std::string("?sortierung=") + word : ""))
            .set(t::LABEL, visit.tr(label))
            .show_if(visit.query["sortierung"] == word, t::CURRENT);
}

http::Response form_page(Visit& visit, const Form& values, const Problems& problems) {
    const std::string title = visit.tr("Open a topic");
    core::FormView form(visit, values, problems);
    const bool staff = is_staff(visit);
    if (!staff) form.part(core::needs_of(visit, "contribute").notice);
    form.text("title", tr_noop("What is it about?")).limit(title_letters);
    form.area("body", tr_noop("The first words on it")).limit(text_letters);
    if (!staff) core::add_person_fields(visit, form);
    core::FormOptions options{.action = base_of(visit) + "/neu",
                              .submit = tr_noop("Open the topic"),
                              .cancel = base_of(visit),
                              .keep_draft = true};
    if (!staff) options.buttons = {core::draft_button()};
    html::Values page;
    page.set(tpl::page::HEAD, core::page_head(visit, {.title = title, .crumbs = crumbs(visit, true)}))
        .set(tpl::page::CONTENT, form.html(options));
    const auto content = html::render_part(tpl::page::file, page, visit.language);
    const core::PageHead head{.title = title + " – " + visit.place().activity->title, .kind = "form", .index = false};
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

void need_open(const Visit& visit) {
    if (may_open(visit)) return;
    if (!settings_of(visit.place().activity->settings).everyone)
        throw NotAllowed(tr_noop("The office opens the topics here. You can comment on each of them."));
    throw NotAllowed(tr_noop("No topic can be opened at the moment."));
}

// Staff speak for the procedure's department; nothing of theirs waits for the desk.
http::Response open_for_office(Visit& visit, const NewTopic& topic) {
    const auto& place = visit.place();
    core::NewContribution c{
        .module = "discussion", .kind = std::string(topic_kind), .title = topic.title, .body = topic.body};
    c.organisation = place.procedure.organisation;
    c.entered_by = visit.actor.account;
    c.original = nlohmann::json{{"title", topic.title}, {"body", topic.body}}.dump();
    const auto id = core::hand_in(visit.tx, visit.occasion("contribute"), c, visit.now);
    add_topic(visit.tx, visit.tenant.id, place.activity->id, id, visit.now);
    const auto stored = *core::find_contribution(visit.tx, visit.tenant.id, id);
    const auto path = core::path_of(visit, stored);
    core::index_contribution(visit, stored, path);
    core::tell_followers(visit, stored);
    visit.record("discussion.topic", stored.ref(), topic.title);
    return visit.go(path, tr_noop("The topic is open."));
}

}  // namespace

http::Response topics_page(Visit& visit) {
    namespace t = tpl::topics;
    const auto& place = visit.place();
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = place.activity->title, .crumbs = crumbs(visit, false)}));
    if (!place.activity->intro.empty()) page.add(t::INTRO).set(t::PROSE, html::markdown(place.activity->intro));
    if (may_open(visit))
        page.add(t::ADD).set(t::URL, visit.url(base_of(visit) + "/neu"));
    else
        page.add(t::NOTE).set(t::CONTENT, core::needs_of(visit, "comment").notice);
    add_orders(visit, page);
    const auto list = list_of(visit);
    if (list.topics.empty()) page.show(t::NONE);
    std::vector<ContributionId> ids;
    for (const auto& topic : list.topics) ids.push_back(topic.id);
    const auto last = last_activity(visit.tx, ids);
    for (const auto& topic : list.topics) {
        const auto at = last.find(topic.id);
        page.add(t::TOPIC)
            .set(t::URL, visit.url(base_of(visit) + "/" + std::to_string(topic.id.value)))
            .set(t::TITLE, topic.title)
            .set(t::TEXT, first_letters(topic.body, 240))
            .set(t::AUTHOR, author_of(visit, topic))
            .set(t::COMMENTS, visit.language.plural("{n} comment", "{n} comments", topic.comments))
            .set(t::WHEN, visit.language.ago(at == last.end() ? topic.created_at : at->second, visit.now))
            .show_if(topic.official(), t::OFFICIAL);
    }
    page.set(t::PAGER, core::pager(visit, "", list.next, ""));
    return visit.page(
        {.title = place.activity->title + " – " + place.procedure.title, .navigation = "/verfahren", .kind = "list"},
        t::file, page);
}

http::Response topic_page(Visit& visit) {
    namespace t = tpl::topic;
    const auto topic = topic_of(visit);
    const std::string path = core::path_of(visit, topic);
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = topic.title, .crumbs = crumbs(visit, true)}));
    page.set(t::BODY, html::markdown(topic.body, {.first_heading = 2, .by_public = !topic.official()}));
    page.set(t::AUTHOR, author_of(visit, topic)).show_if(topic.official(), t::OFFICIAL);
    page.set(t::WHEN, visit.language.date_time(topic.published_at.value_or(topic.created_at)));
    if (!topic.is_public()) page.show(t::ONLY_YOU);
    for (const auto& section : core::contribution_sections(visit, topic)) page.add(t::SECTION).set(t::CONTENT, section);
    if (topic.is_public())
        page.set(t::COMMENTS, core::comments_section(visit, topic))
            .add(t::FEED)
            .set(t::URL, visit.url(path + "/neues.rss"));
    core::PageHead head{.title = topic.title + " – " + visit.place().procedure.title, .navigation = "/verfahren"};
    if (topic.is_public()) head.feeds = {{topic.title, "application/rss+xml", path + "/neues.rss"}};
    return visit.page(head, t::file, page);
}

http::Response new_topic_page(Visit& visit) {
    need_open(visit);
    const Form values = core::draft_of(visit);
    return form_page(visit, values, {});
}

http::Response open_topic(Visit& visit) {
    need_open(visit);
    if (visit.place().preview && !is_staff(visit)) throw NotAllowed(tr_noop("No topic can be opened at the moment."));
    const bool staff = is_staff(visit);
    if (!staff)
        if (auto later = core::keep_for_later(visit, trimmed(visit.form["title"]))) return *later;
    const auto topic = check_topic(visit.form);
    Problems problems = staff ? Problems{} : core::check_person(visit);
    if (!topic) problems.append(topic.problems());
    if (problems.any()) return form_page(visit, visit.form, problems);
    if (staff) return open_for_office(visit, *topic);
    core::NewContribution c{
        .module = "discussion", .kind = std::string(topic_kind), .title = topic->title, .body = topic->body};
    c.original = nlohmann::json{{"title", topic->title}, {"body", topic->body}}.dump();
    const auto taken = core::take(visit, std::move(c), "contribute");
    add_topic(visit.tx, visit.tenant.id, visit.place().activity->id, taken.id, visit.now);
    core::drop_draft(visit);
    const auto stored = *core::find_contribution(visit.tx, visit.tenant.id, taken.id);
    const auto path = core::path_of(visit, stored);
    core::index_contribution(visit, stored, path);
    return core::thank(visit, taken, path);
}

// The newest comments, as RSS.
http::Response topic_feed(Visit& visit) {
    constexpr int items = 30;
    const auto topic = topic_of(visit);
    if (!topic.is_public()) throw NotFound();
    const std::string path = core::path_of(visit, topic);
    core::Feed feed{.title = topic.title, .words = first_letters(topic.body, 300), .page = path};
    const auto page = core::sorted_comments(visit.tx, topic.id, {}, core::CommentOrder::newest, {}, items);
    for (const auto& comment : page.comments)
        feed.items.push_back({.url = path + "#beitrag-" + std::to_string(comment.id.value),
                              .title = first_letters(comment.body, 80),
                              .words = comment.body,
                              .at = comment.published_at.value_or(comment.created_at)});
    std::stable_sort(feed.items.begin(), feed.items.end(),
                     [](const core::FeedItem& a, const core::FeedItem& b) { return a.at > b.at; });
    return core::feed_answer(visit, feed);
}

html::SafeHtml topics_card(Visit& visit, const core::Place& place, const core::Activity& activity) {
    namespace t = tpl::card;
    html::Values values;
    values.set(t::URL, visit.url(core::path_of(visit, place.procedure, activity))).set(t::TITLE, activity.title);
    const ContributionFilter filter{.activity = activity.id, .kind = std::string(topic_kind)};
    values.set(t::COUNT, visit.language.plural("{n} topic", "{n} topics",
                                               core::count_contributions(visit.tx, visit.tenant.id, filter)));
    const bool open = place.ask(activity, "comment").allowed() || place.ask(activity, "contribute").allowed();
    values.show(open ? t::OPEN : t::SHUT);
    return html::render_part(t::file, values, visit.language);
}

}  // namespace mitwirken::discussion
