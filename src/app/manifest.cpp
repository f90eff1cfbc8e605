// The house's own manifest: what it shows without any module. Each part stands in a file of its own.
#include "app/operation.h"
#include "app/program.h"
#include "core/visit.h"

namespace mitwirken::app {

namespace {

void append(core::Manifest& whole, core::Manifest part) {
    const auto add = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    add(whole.actions, part.actions);
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
                   .initial = ""}};
    append(m, pages_manifest());
    append(m, admin_manifest());
    const auto operation = operation_routes(program);
    m.routes.insert(m.routes.end(), operation.begin(), operation.end());
    return m;
}

}  // namespace mitwirken::app
