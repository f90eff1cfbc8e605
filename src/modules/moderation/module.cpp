// The manifest of the moderation (the desk).
#include "core/audit/audit.h"
#include "core/manifest.h"

#include "core/house.h"
#include "core/visit.h"
#include "modules/moderation/pages.h"

namespace mitwirken::moderation {

namespace {

using core::Role;
using http::Method;

// What a municipality begins with; its own words replace them in the settings.
constexpr std::string_view first_rules =
    "Respekt: Keine Beleidigungen und keine Drohungen; Kritik gilt der Sache, nicht der Person.\n"
    "Keine Hetze: Niemand wird wegen Herkunft, Hautfarbe, Religion, Geschlecht, Alter, Behinderung oder sexueller "
    "Orientierung herabgesetzt.\n"
    "Schutz persönlicher Daten: Keine Namen, Anschriften, Telefonnummern oder Bilder anderer ohne deren Zustimmung.\n"
    "Recht und Gesetz: Nichts, was strafbar ist oder Rechte anderer verletzt, auch keine fremden Texte und Bilder.\n"
    "Beim Thema bleiben: Beiträge gehören zu dem Verfahren, in dem sie stehen.\n"
    "Keine Werbung: Keine Anzeigen, keine Kettenbriefe, keine wortgleichen Wiederholungen.\n";
constexpr std::string_view first_blocks =
    "Ton\n"
    "Ihr Anliegen ist willkommen, der Ton verletzt andere. Bitte schreiben Sie den Beitrag noch einmal ohne die "
    "Angriffe auf Personen.\n"
    "\n"
    "Persönliche Daten\n"
    "Ihr Beitrag nennt Angaben über andere Menschen, die nicht öffentlich sein dürfen. Zum Schutz dieser Menschen "
    "zeigen wir sie nicht.\n"
    "\n"
    "Anderes Thema\n"
    "Ihr Beitrag gehört nicht zu diesem Verfahren. Unter „Mitmachen“ finden Sie, wo Sie ihn einbringen können.\n"
    "\n"
    "Werbung\n"
    "Ihr Beitrag wirbt für ein Angebot. Dafür ist diese Seite nicht da.\n";

core::Route staff(Method method, std::string_view pattern, http::Response (*handler)(core::Visit&)) {
    return {.method = method, .pattern = pattern, .permission = decide_action, .handler = handler, .cacheable = false};
}

std::vector<core::Setting> settings() {
    using Kind = core::Setting::Kind;
    return {
        {"moderation.rules", Kind::long_text, tr_noop("Rules of the moderation"),
         tr_noop("One a line: its name, a colon, what it says. They are public; every decision names one of them."),
         first_rules},
        {"moderation.text_blocks", Kind::long_text, tr_noop("Text blocks for authors"),
         tr_noop("An empty line between two blocks; the first line of each is its name and is not sent."),
         first_blocks},
        {"moderation.two_persons", Kind::on_off, tr_noop("Hiding takes two persons"),
         tr_noop("One proposes it, another decides."), "off"},
    };
}

std::map<std::int64_t, core::NamedItem> name_items(core::Visit& visit, const std::vector<std::int64_t>& items) {
    std::map<std::int64_t, core::NamedItem> names;
    for (const auto& [id, reason] : core::titles_of(visit.tx, visit.tenant.id, "core_case", "reason", items))
        names[id] = {visit.tr(tr_noop("Case {number}", {{"number", std::to_string(id)}})),
                     visit.may(decide_action) ? "/verwaltung/moderation/" + std::to_string(id) : ""};
    return names;
}

}  // namespace

core::Manifest manifest() {
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "moderation";
    m.title = tr_noop("Moderation");
    m.recorded = {{"moderation.publish", tr_noop("Contribution shown")},
                  {"moderation.hide", tr_noop("Contribution hidden")},
                  {"moderation.redact", tr_noop("Contribution shortened")},
                  {"moderation.dismiss", tr_noop("Report of a contribution rejected")},
                  {"moderation.propose_hide", tr_noop("Hiding of a contribution proposed")}};
    m.name_items = name_items;
    m.actions = {{decide_action, {Role::admin, Role::coordinator, Role::moderator}}};
    m.settings = settings();
    const auto all = [](std::string_view pattern, http::Response (*handler)(core::Visit&)) {
        return core::Route{.pattern = pattern, .permission = core::everyone, .handler = handler};
    };
    m.routes = {all("/moderation", rules_page),
                all("/moderation/protokoll", log_page),
                all("/moderation/protokoll.csv", log_csv),
                staff(Method::get, "/verwaltung/moderation", desk_page),
                staff(Method::get, "/verwaltung/moderation/{id}", case_page),
                staff(Method::post, "/verwaltung/moderation/{id}", decide)};
    m.routes[2].kind = core::RouteKind::data;
    m.navigation = {
        {Place::footer, "/moderation", tr_noop("Rules and moderation"), 37, "", "", "legal"},
        {Place::admin, "/verwaltung/moderation", tr_noop("Moderation"), 20, decide_action, "flag", "Contents"}};
    m.tasks = [](core::Visit& visit) -> std::vector<core::Task> {
        if (!visit.may(decide_action)) return {};
        return {{tr_noop("Open cases of the moderation"), core::open_cases(visit.tx, visit.tenant.id),
                 "/verwaltung/moderation"}};
    };
    m.public_paths = [](core::Visit&) { return std::vector<std::string>{"/moderation", "/moderation/protokoll"}; };
    return m;
}

}  // namespace mitwirken::moderation
