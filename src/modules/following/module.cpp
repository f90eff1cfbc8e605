// The manifest of following (Folgen).
#include "core/manifest.h"

#include <nlohmann/json.hpp>

#include "core/house.h"
#include "modules/following/pages.h"

namespace mitwirken::following {

namespace {

using core::RouteKind;
using http::Method;

// What stands on them depends on who looks, or on the instant: nothing is kept.
core::Route route(Method method, std::string_view pattern, http::Response (*handler)(core::Visit&),
                  RouteKind kind = RouteKind::page) {
    return {.method = method,
            .pattern = pattern,
            .permission = core::everyone,
            .handler = handler,
            .kind = kind,
            .cacheable = false};
}

std::vector<core::Route> routes() {
    return {
        route(Method::get, "/folgen", follow_page),
        route(Method::post, "/folgen", follow),
        route(Method::get, "/folgen/bestaetigen/{token}", confirm_page),
        route(Method::post, "/folgen/bestaetigen/{token}", confirm),
        route(Method::get, "/folgen/meine", own_page),
        route(Method::post, "/folgen/meine", save_own),
        route(Method::get, "/folgen/meine/{token}", link_page),
        route(Method::post, "/folgen/meine/{token}", save_by_link),
        route(Method::post, "/folgen/link", send_link),
        route(Method::get, "/folgen/ende/{token}", end_page),
        route(Method::post, "/folgen/ende/{token}", end, RouteKind::token_post),
        route(Method::get, "/folgen/{kind}/{key}/aktuelles.rss", thing_news, RouteKind::data),
        route(Method::get, "/folgen/{kind}/{key}/aktuelles.atom", thing_news, RouteKind::data),
        route(Method::get, "/folgen/{kind}/{key}/zeitplan.ics", thing_calendar, RouteKind::data),
        route(Method::get, "/folgen/aktuelles.rss", open_news, RouteKind::data),
        route(Method::get, "/folgen/aktuelles.atom", open_news, RouteKind::data),
        route(Method::get, "/folgen/zeitplan.ics", open_calendar, RouteKind::data),
    };
}

std::vector<core::PersonalColumn> personal() {
    constexpr std::string_view until_ended = "until nothing is followed any more, or the person erases it";
    return {
        {"following_reader", "email", "where to tell somebody what happens", until_ended},
        {"following_reader", "account_id", "whose address it is", until_ended},
        {"following_reader", "participant_id", "leaves out what the person did themselves", until_ended},
        {"following_follow", "words", "a search somebody has saved", until_ended},
        {"following_follow", "label", "the place somebody wants to hear about", until_ended},
        {"following_follow", "lon", "the place somebody wants to hear about", until_ended},
        {"following_follow", "lat", "the place somebody wants to hear about", until_ended},
        {"following_event", "participant_id", "leaves out what the person did themselves", "400 days"},
        {"following_delivery", "reader_id", "nobody is told twice", "45 days"},
    };
}

}  // namespace

core::Manifest manifest() {
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "following";
    m.title = tr_noop("Follow");
    m.routes = routes();
    m.navigation = {{Place::help, "/folgen", tr_noop("Follow"), 45},
                    {Place::footer, "/folgen", tr_noop("Follow by mail, feed or calendar"), 14, "", "", "data"}};
    m.procedure_sections = sections;
    m.personal = personal();
    m.export_person = export_person;
    m.erase_person = erase_person;
    m.export_participant = export_participant;
    m.erase_participant = erase_participant;
    m.on_event = on_event;
    m.jobs = {{std::string(fan_out_job), fan_out},
              {std::string(send_job), send_due},
              {std::string(steps_job), tell_steps},
              {"following.nightly", nightly}};
    m.public_paths = [](core::Visit&) { return std::vector<std::string>{"/folgen"}; };
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::following
