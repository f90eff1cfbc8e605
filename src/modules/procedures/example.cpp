// The example's procedures and the templates that come with the program, in the exchange format. A procedure of the
// example carries what no exchange file has in its member "example": written_for (all its days keep their distance to
// the day of loading, so it always runs), published (for one that is over), organisation, topics and districts.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/house.h"
#include "core/people/people.h"
#include "core/procedures/transfer.h"
#include "core/procedures/types.h"
#include "core/procedures/words.h"
#include "core/tasks/tasks.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/procedures/documents.h"
#include "modules/procedures/pages.h"

namespace mitwirken::procedures {

namespace {

[[noreturn]] void refuse(const std::string& name, const Problems& problems) {
    throw std::logic_error(name + ": " + core::problems_in_words(i18n::english(), problems));
}

// One for each way of taking part that the toolbox describes and this platform can carry out.
constexpr const char* recipes[] = {
    "ideensammlung-abstimmung", "online-dialog",          "quartiersumfrage",        "buergerrat",
    "spielplatzplanung",        "stadtspaziergang-karte", "buergerhaushalt-kompakt", "runder-tisch"};

void load_recipes(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    for (const std::string name : recipes) {
        const auto type = core::read_type(core::example_bytes("recipes/" + name + ".json"));
        if (!type) refuse(name, type.problems());
        core::add_procedure_type(tx, tenant, *type, {}, now);
    }
}

// A document with an earlier version.
void add_example_document(core::House& house, db::Tx& tx, core::TenantId tenant, core::ProcedureId id, Timestamp now) {
    const auto record = core::find_procedure(tx, tenant, id);
    const auto document = add_document(tx, tenant, id, "Worum es geht, auf einer Seite");
    for (const auto& [file, note] :
         {std::pair{"procedures/rahmen.md", ""},
          std::pair{"procedures/rahmen-2.md", "Mit der Geschichte des Ortes und der Zusage"}}) {
        const auto stored = house.files->take_bytes(std::string(core::example_bytes(file)), "files");
        if (!stored) throw std::runtime_error(std::string("the example's file is refused: ") + file);
        const auto attachment = core::attach(
            tx, tenant, record->ref(), {*stored, "worum-es-geht" + stored->extension, "", "", "document"}, {}, now);
        add_version(tx, document, attachment, note, now);
    }
}

using Json = nlohmann::ordered_json;

// "Sommer 2027"
std::string season_of(Date day) {
    const unsigned month = unsigned(day.month());
    const int year = int(day.year()) - (month < 3 ? 1 : 0);
    const char* name = month < 3 || month == 12 ? "Winter" : month < 6 ? "Frühjahr" : month < 9 ? "Sommer" : "Herbst";
    return std::string(name) + " " + std::to_string(year);
}

// Every day of the plan, its tasks and its questions moves along; what happened before stays on its day.
void move_days(Json& part, int by, Date today) {
    if (part.is_array())
        for (auto& one : part) move_days(one, by, today);
    if (!part.is_object()) return;
    if (part.contains("roughly_in_days")) {
        part["roughly"] = season_of(add_days(today, part["roughly_in_days"].get<int>()));
        part.erase("roughly_in_days");
    }
    for (auto& [name, value] : part.items()) {
        const auto day = value.is_string() ? parse_date(value.get<std::string>()) : std::nullopt;
        if (day)
            value = to_iso(add_days(*day, by));
        else if (name != "dossier")
            move_days(value, by, today);
    }
}

core::ProcedureId add_example_procedure(core::House& house, db::Tx& tx, core::TenantId tenant, const std::string& name,
                                        Timestamp now) {
    Json file = Json::parse(core::example_bytes(name));
    const Json more = file.at("example");
    file.erase("example");
    const Date today = berlin_day(now);
    if (const auto day = parse_date(more.value("written_for", "")))
        move_days(file, int((std::chrono::sys_days(today) - std::chrono::sys_days(*day)).count()), today);
    auto read = core::read_whole(file.dump());
    if (!read) refuse(name, read.problems());
    core::WholeProcedure whole = std::move(*read);
    if (const auto day = parse_date(more.value("published", ""))) whole.record.published_at = start_of(*day);
    for (const auto& office : core::organisations(tx, tenant))
        if (office.key == more.value("organisation", "")) whole.record.organisation = office.id;
    const auto added = core::add_whole(house, tx, tenant, std::move(whole), now);
    if (!added) refuse(name, added.problems());
    std::vector<core::TermId> terms;
    for (const auto& [member, tree] : {std::pair{"topics", "topic"}, std::pair{"districts", "district"}})
        for (const auto& key : more.value(member, std::vector<std::string>{}))
            if (const auto term = core::find_term(tx, tenant, tree, key)) terms.push_back(term->id);
    const auto record = core::find_procedure(tx, tenant, *added);
    core::classify(tx, tenant, record->ref(), terms);
    core::classify(tx, tenant, core::find_dossier(tx, tenant, record->dossier)->ref(), terms);
    return *added;
}

}  // namespace

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto running = add_example_procedure(house, tx, tenant, "procedures/smart-rhino.json", now);
    add_example_document(house, tx, tenant, running, now);
    add_example_procedure(house, tx, tenant, "procedures/dialogue-2020.json", now);
    // Its tasks are to look at: nobody gets a mail about what was due before the example was loaded.
    core::take_late(tx, tenant, Date{std::chrono::year{9999} / 12 / 31}, now);
    load_recipes(tx, tenant, now);
}

}  // namespace mitwirken::procedures
