// The example's documentation: the first digital dialogue, word for word, from example/dortmund/dialogue-2020.json.
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/attachments/attachments.h"
#include "core/example/example.h"
#include "core/house.h"
#include "core/people/people.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/documentation/pages.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

using nlohmann::json;

std::vector<std::string> strings(const json& item, const char* name) {
    return item.contains(name) ? item[name].get<std::vector<std::string>>() : std::vector<std::string>{};
}

Group read_group(const json& item) {
    Group group;
    group.title = "Kleingruppe " + std::to_string(item.at("no").get<int>());
    group.quintessence = item.value("quintessence", "");
    group.notes[std::size_t(Board::quote)] = strings(item, "quotes");
    group.notes[std::size_t(Board::helpful)] = strings(item, "helpful");
    group.notes[std::size_t(Board::improve)] = strings(item, "improve");
    group.notes[std::size_t(Board::novel)] = strings(item, "new");
    return group;
}

Session read_session(const json& item) {
    if (const auto input = item.find("input"); input != item.end())
        return {input->at("title"), "", input->at("text"), {}};
    Session session;
    session.title = "Break-Out Session " + std::to_string(item.at("no").get<int>());
    session.question = item.contains("questions") ? join(strings(item, "questions"), " ") : item.value("question", "");
    for (const auto& group : item.at("groups")) session.groups.push_back(read_group(group));
    return session;
}

// The offer, the date and the format it belongs to.
std::string links(const json& dialogue) {
    std::vector<Link> list;
    const json offers = core::example_file("offers.json");
    for (const auto& offer : offers.at("offers"))
        if (offer.at("key") == dialogue.at("offer"))
            list.push_back({offer.at("title"), "/angebote/" + offer.at("key").get<std::string>()});
    const json events = core::example_file("events.json");
    for (const auto& event : events.at("events"))
        if (event.at("key") == dialogue.at("event"))
            list.push_back({event.at("title"), "/termine/" + event.at("key").get<std::string>()});
    list.push_back({"Verfahren mit allen Beiträgen", "/verfahren/digitaler-buergerdialog-2020"});
    list.push_back(
        {"Format: Digitaler Bürger*innendialog", "/instrumente/" + dialogue.at("format_key").get<std::string>()});
    return to_json(list);
}

Document read_document(const json& dialogue, db::Tx& tx, core::TenantId tenant) {
    Document d;
    d.key = dialogue.at("key");
    d.state = core::State::published;
    d.title = dialogue.at("title");
    d.lead = "Wie haben die Menschen die Corona-Zeit erlebt, was hat geholfen, was fehlte – und was ist jetzt wichtig?";
    d.when_text = dialogue.value("approximate", "");
    d.sort_at = from_berlin({Date{std::chrono::year{2020}, std::chrono::month{8}, std::chrono::day{31}}});
    d.why = dialogue.at("why"), d.moods = dialogue.at("moods").at("text");
    d.partners = join(strings(dialogue, "partners"), "\n"), d.agenda = join(strings(dialogue, "agenda"), "\n");
    d.points_intro = dialogue.at("key_points").at("intro"), d.closing = dialogue.at("closing");
    d.contact = dialogue.at("contact"), d.credits = dialogue.at("credits"), d.note = dialogue.at("note");
    d.links = links(dialogue);
    for (const auto& organisation : core::organisations(tx, tenant))
        if (organisation.key == "nordwaerts") d.organisation = organisation.id;
    return d;
}

// The how-tos for doing it oneself, as files of the documentation.
void attach_guides(core::House& house, db::Tx& tx, core::TenantId tenant, DocumentId id, Timestamp now) {
    const json downloads = core::example_file("downloads.json");
    for (const auto& download : downloads.at("downloads")) {
        if (!download.contains("file")) continue;
        const std::string path = download.at("file");
        const auto stored = house.files->take_bytes(std::string(core::example_bytes(path)), "files");
        if (!stored) throw std::runtime_error("the example's file " + path + " is not accepted");
        const core::NewAttachment file{*stored, path.substr(path.rfind('/') + 1), download.at("title"), "", "document"};
        core::attach(tx, tenant, ref(id), file, {}, now);
    }
}

}  // namespace

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const json dialogue = core::example_file("dialogue-2020.json");
    Whole whole{read_document(dialogue, tx, tenant), {}, {}};
    for (const auto& item : dialogue.at("questions")) {
        Question question{item.at("text"), item.at("choose").get<std::int64_t>(), {}};
        for (const auto& text : item.at("options")) question.options.push_back({text, {}});
        whole.questions.push_back(std::move(question));
    }
    for (const auto& item : dialogue.at("sessions")) whole.sessions.push_back(read_session(item));
    for (const auto& point : dialogue.at("key_points").at("groups"))
        whole.sessions.back().groups.at(point.at("no").get<std::size_t>() - 1).key_point = point.at("text");
    whole.document.id = add(tx, tenant, whole.document, {}, now);
    whole.document = *find(tx, tenant, whole.document.id);
    save_parts(tx, whole);
    std::vector<core::TermId> terms;
    for (const char* key : {"mitwirkung", "digitalisierung", "soziales-gesundheit"})
        if (const auto term = core::find_term(tx, tenant, "topic", key)) terms.push_back(term->id);
    core::classify(tx, tenant, ref(whole.document.id), terms);
    core::add_revision(tx, tenant, ref(whole.document.id), snapshot(whole), {}, "", now);
    attach_guides(house, tx, tenant, whole.document.id, now);
    index(tx, tenant, whole, now);
}

}  // namespace mitwirken::documentation
