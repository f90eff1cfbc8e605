// The manifest of discussion (Gespräch).
#include "core/manifest.h"

#include "core/house.h"
#include "modules/discussion/pages.h"
#include "modules/discussion/topics.h"

namespace mitwirken::discussion {

namespace {

using http::Method;

// Comments stand under contributions of every module.
core::Route on_everything(Method method, std::string_view pattern, http::Response (*handler)(core::Visit&),
                          std::string_view interaction = "") {
    return {.method = method,
            .pattern = pattern,
            .permission = core::everyone,
            .handler = handler,
            .interaction = interaction,
            .of_any_block = true};
}

core::Route of_topics(Method method, std::string_view pattern, http::Response (*handler)(core::Visit&)) {
    return {.method = method, .pattern = pattern, .permission = core::everyone, .handler = handler};
}

core::ActivityKind kind_of_block() {
    core::ActivityKind kind;
    kind.title = tr_noop("Discussion");
    kind.summary = tr_noop("Topics to talk about, with answers and agreement.");
    kind.icon = "comment";
    kind.path = "gespraeche";
    kind.interactions = {{"contribute", tr_noop("Open topics")},
                         {"comment", tr_noop("Comment on topics")},
                         {"support", tr_noop("Agree with comments")}};
    using Kind = core::Setting::Kind;
    kind.settings = {
        {"topics_by",
         Kind::choice,
         tr_noop("Who opens topics"),
         tr_noop("staff: only the office. everyone: everybody who may take part."),
         "staff",
         {"staff", "everyone"}},
        {"moderation", Kind::choice, tr_noop("Looked at by the desk"), {}, "after", {"before", "after"}},
    };
    kind.card = topics_card;
    return kind;
}

// Words of the choices above.
[[maybe_unused]] const Message choice_words[] = {tr_noop("staff"), tr_noop("everyone")};

// A comment that everybody can read now is the last that happened in its topic.
void on_event(db::Tx& tx, core::TenantId tenant, const core::DomainEvent& event, Timestamp now) {
    const auto* happened = std::get_if<core::ProcedureHappened>(&event);
    if (!happened || happened->what != core::ProcedureHappened::What::comment) return;
    if (const auto comment = core::find_contribution(tx, tenant, happened->contribution))
        note_activity(tx, tenant, comment->target, now);
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "discussion";
    m.title = tr_noop("Discussion");
    using Kind = core::Setting::Kind;
    m.settings = {
        {"discussion.blocked_words", Kind::long_text, tr_noop("Words that somebody looks at first"),
         tr_noop("One a line; a star at the end stands for any ending. A contribution with one of them waits for the "
                 "desk."),
         ""},
        {"discussion.most_links", Kind::number, tr_noop("Links in a contribution, at most"),
         tr_noop("With more of them it waits for the desk."), "2"},
    };
    m.routes = {
        on_everything(Method::get, "/verfahren/{procedure}/gespraech/{activity}/{contribution}", thread_page),
        on_everything(Method::post, "/verfahren/{procedure}/gespraech/{activity}/{contribution}", add, "comment"),
        on_everything(Method::get, "/verfahren/{procedure}/gespraech/{activity}/{contribution}/melden", report_page),
        on_everything(Method::post, "/verfahren/{procedure}/gespraech/{activity}/{contribution}/melden", report),
        on_everything(Method::post, "/verfahren/{procedure}/gespraech/{activity}/{contribution}/zustimmung", agree),
        of_topics(Method::get, "/verfahren/{procedure}/gespraeche/{activity}", topics_page),
        of_topics(Method::get, "/verfahren/{procedure}/gespraeche/{activity}/neu", new_topic_page),
        of_topics(Method::post, "/verfahren/{procedure}/gespraeche/{activity}/neu", open_topic),
        of_topics(Method::get, "/verfahren/{procedure}/gespraeche/{activity}/{topic}", topic_page),
        of_topics(Method::get, "/verfahren/{procedure}/gespraeche/{activity}/{topic}/neues.rss", topic_feed),
    };
    m.routes.back().kind = core::RouteKind::data;
    m.activity = kind_of_block();
    m.recorded = {{"discussion.topic", tr_noop("Topic opened")}};
    m.on_event = on_event;
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::discussion
