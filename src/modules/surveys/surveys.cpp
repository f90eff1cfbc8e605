// See surveys.h.
#include "modules/surveys/surveys.h"

#include <algorithm>

#include "core/participation/taking_part.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::surveys {

namespace {

constexpr std::string_view mark_purpose = "survey-sitting";

// The number of this browser's order: of the participant once there is one.
std::uint64_t seed_of(core::Visit& visit) {
    const auto* participant = visit.participant();
    return participant ? std::uint64_t(participant->id.value) : 0;
}

}  // namespace

Settings settings_of(const std::string& text) {
    Settings s;
    const auto given = Json::parse(text.empty() ? "{}" : text, nullptr, false);
    if (!given.is_object()) return s;
    const auto word = [&](const char* name) {
        const auto at = given.find(name);
        return at != given.end() && at->is_string() ? at->get<std::string>() : std::string();
    };
    s.many = word("answers") == "often";
    const std::string results = word("results");
    s.results = results == "live"    ? Settings::Results::live
                : results == "never" ? Settings::Results::never
                                     : Settings::Results::end;
    const auto cross = given.find("cross");
    s.cross = cross != given.end() && cross->is_boolean() && cross->get<bool>();
    return s;
}

bool results_are_public(const core::Place& place, const core::Activity& activity) {
    const auto results = settings_of(activity.settings).results;
    if (results != Settings::Results::end) return results == Settings::Results::live;
    return place.ask(activity, "contribute").because == core::Reason::closed;
}

std::string base_of(const core::Visit& visit) {
    return core::path_of(visit, visit.place().procedure, *visit.place().activity);
}

std::vector<core::Crumb> crumbs_of(const core::Visit& visit, bool with_activity) {
    const auto& place = visit.place();
    std::vector<core::Crumb> crumbs = {{visit.tr("Procedures"), "/verfahren"},
                                       {place.procedure.title, "/verfahren/" + place.procedure.key}};
    if (with_activity) crumbs.push_back({place.activity->title, base_of(visit)});
    return crumbs;
}

std::int64_t files_of_sitting(SittingId id) { return -(id.value * 2 + 1); }
std::int64_t pictures_of(ActivityId activity) { return -(activity.value * 2); }

bool file_is_visible(core::Visit& visit, std::int64_t item) {
    if (item < 0 && item % 2 == 0) return true;  // pictures of a questionnaire; their address is not to be guessed
    if (item < 0) {
        const auto sitting = find_sitting(visit.tx, visit.tenant.id, SittingId{(-item - 1) / 2});
        const auto* participant = visit.participant();
        return sitting && participant && sitting->participant == participant->id;
    }
    const auto answer = core::find_contribution(visit.tx, visit.tenant.id, ContributionId{item});
    if (!answer || answer->module != "surveys") return false;
    const auto* participant = visit.participant();
    if (participant && answer->participant == participant->id) return true;
    const auto record = core::find_procedure(visit.tx, visit.tenant.id, answer->procedure);
    return record && visit.signed_in() && visit.may(results_action, record->organisation);
}

Taking taking(core::Visit& visit, std::optional<std::int64_t> number) {
    const auto& activity = *visit.place().activity;
    auto current = current_version(visit.tx, activity.id);
    if (!current) throw NotFound(tr_noop("This survey is still being prepared."));
    Taking t;
    t.settings = settings_of(activity.settings);
    if (const auto* participant = visit.participant()) {
        t.sitting = find_sitting(visit.tx, activity.id, participant->id);
        t.sent = answer_of(visit.tx, activity.id, participant->id);
    }
    if (t.sitting) t.values = t.sitting->values();
    t.seed = seed_of(visit);
    auto begun = number      ? find_version_number(visit.tx, activity.id, *number)
                 : t.sitting ? find_version(visit.tx, activity.id, t.sitting->version)
                             : std::nullopt;
    if (begun && accepts(begun->id == current->id, begun->replaced_at, visit.now))
        t.version = std::move(*begun);
    else
        t.version = *current;
    t.asked = parse_questionnaire(t.version.content);
    if (begun && !begun->content.empty() && begun->id != t.version.id)
        t.changed = changes(parse_questionnaire(begun->content), t.asked);
    // A form that names a version nobody knows was not made by us, or is older than the survey.
    if (number && !begun && t.changed.empty() && t.version.number != *number)
        t.changed.push_back(tr_noop("Pages or their texts were arranged anew."));
    return t;
}

bool needs_code(const core::Visit& visit, const Taking& t) {
    if (visit.place().activity->who != core::Who::token) return false;
    return !t.sitting || (!t.sitting->invitation && !t.sitting->changes);
}

std::string mark_of(const core::Visit& visit, SittingId id) {
    const std::string number = std::to_string(id.value);
    return number + "-" +
           crypto::sign(visit.house.key, mark_purpose, std::to_string(visit.tenant.id.value) + "/" + number);
}

std::optional<SittingId> sitting_of_mark(const core::Visit& visit, const std::string& mark) {
    const auto dash = mark.find('-');
    if (dash == std::string::npos) return {};
    const auto number = to_int(mark.substr(0, dash));
    if (!number || mark != mark_of(visit, SittingId{*number})) return {};
    return SittingId{*number};
}

void drop_with_files(db::Tx& tx, TenantId tenant, SittingId id, Timestamp now) {
    for (const auto& file : core::attachments(tx, tenant, {"surveys", files_of_sitting(id)}))
        core::detach(tx, tenant, file.id, now);
    drop_sitting(tx, id);
}

std::string plain_code(const std::string& typed) {
    std::string code;
    for (const char c : typed) {
        if (c >= 'a' && c <= 'z') code += char(c - 'a' + 'A');
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) code += c;
    }
    return code;
}

std::string new_code() {
    constexpr std::string_view alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    std::string code;
    for (int half = 0; half < 2; ++half) {
        std::uint64_t random = crypto::random_number();
        for (int i = 0; i < 8; ++i, random >>= 5) code += alphabet[random & 31];
    }
    return code;
}

std::string grouped(const std::string& code) {
    std::string text;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i > 0 && i % 4 == 0) text += '-';
        text += code[i];
    }
    return text;
}

void take_answer_files(core::Preparation& p) {
    TakenAnswers taken;
    for (const auto& upload : p.uploads) {
        if (upload.size == 0 || !starts_with(upload.field, "a-")) continue;
        auto stored = p.take(upload, upload.field);
        if (!stored)
            taken.problems.append(stored.problems());
        else
            taken.files.emplace_back(upload.field,
                                     core::NewAttachment{*stored, first_letters(upload.file_name, 120), "", "", ""});
    }
    p.result = std::move(taken);
}

}  // namespace mitwirken::surveys
