// The manifest of discussion (Gespräch).
#include "core/manifest.h"

#include "core/house.h"
#include "modules/discussion/pages.h"

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
    };
    return m;
}

}  // namespace mitwirken::discussion
