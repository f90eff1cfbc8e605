// The house's own manifest: what it shows without any module. Each part stands in a file of its own.
#include "app/operation.h"
#include "app/program.h"
#include "core/visit.h"

namespace mitwirken::app {

namespace {

void append(core::Manifest& whole, core::Manifest part) {
    const auto add = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    add(whole.actions, part.actions);
    add(whole.recorded, part.recorded);
    add(whole.settings, part.settings);
    add(whole.routes, part.routes);
    add(whole.navigation, part.navigation);
    add(whole.personal, part.personal);
}

}  // namespace

core::Manifest manifest(Program& program) {
    core::Manifest m;
    m.name = "app";
    m.title = tr_noop("Administration");
    m.settings = {{.key = "site.about",
                   .kind = core::Setting::Kind::long_text,
                   .label = tr_noop("Sentence in the footer"),
                   .hint = tr_noop("What this site is, in one or two sentences."),
                   .initial = ""},
                  {.key = "accessibility.mail",
                   .kind = core::Setting::Kind::email,
                   .label = tr_noop("E-mail address for reports of barriers"),
                   .hint = tr_noop("An office’s address. Empty: reports stand in the administration only."),
                   .initial = ""},
                  {.key = "accessibility.answer_weeks",
                   .kind = core::Setting::Kind::number,
                   .label = tr_noop("Weeks until a report of a barrier is answered"),
                   .hint = tr_noop("Visitors read this number. 1 to 12."),
                   .initial = "4"},
                  {.key = "accessibility.office",
                   .kind = core::Setting::Kind::text,
                   .label = tr_noop("Enforcement or mediation office for accessibility"),
                   .hint = tr_noop("Who helps when an answer does not; named in the statement and after each report."),
                   .initial = ""},
                  {.key = "accessibility.office_url",
                   .kind = core::Setting::Kind::url,
                   .label = tr_noop("Address of that office on the web"),
                   .hint = {},
                   .initial = ""}};
    append(m, pages_manifest());
    append(m, start_manifest());
    append(m, settings_manifest());
    append(m, audit_manifest());
    append(m, admin_manifest());
    append(m, logo_manifest());
    const auto operation = operation_routes(program);
    m.routes.insert(m.routes.end(), operation.begin(), operation.end());
    return m;
}

}  // namespace mitwirken::app
