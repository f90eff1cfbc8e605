// Rules of a format and a report: facets as one number, what a revision shows, which states may follow, keys.
#include "modules/toolbox/toolbox.h"

#include "modules/toolbox/listing.h"
#include "platform/base/text.h"
#include "platform/i18n/i18n.h"

namespace mitwirken::toolbox {

namespace {

int placed(const Facet& facet, int mask) {
    return mask == 0 ? not_stated(facet) : (mask << facet.first_bit) & facet.mask();
}

std::string lines_of(const std::vector<Link>& links) {
    std::string text;
    for (const auto& link : links) {
        if (!text.empty()) text += '\n';
        text += link.title;
        if (!link.url.empty()) text += " <" + link.url + ">";
        if (!link.note.empty()) text += " (" + link.note + ")";
        if (!link.title_en.empty() || !link.note_en.empty())
            text += " / " + link.title_en + (link.note_en.empty() ? "" : " (" + link.note_en + ")");
    }
    return text;
}

std::string number_or_nothing(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : std::string();
}

// A source string that labels a field of a revision.
std::string label(const Message& message) { return std::string(message.id); }

}  // namespace

int facet_bits(const Format& format) {
    return placed(purposes(), format.purposes) | placed(forms(), format.forms) |
           placed(group_sizes(), format.group_sizes) | placed(distance(), format.distance ? 1 : 2);
}

core::Snapshot snapshot(const Format& format, const Parts& parts) {
    return {{label(tr_noop("Format/method")), format.title},
            {label(tr_noop("Title in English")), format.title_en},
            {label(tr_noop("Purpose")), join(words_of(purposes(), format.purposes), ", ")},
            {label(tr_noop("Summary")), format.summary},
            {label(tr_noop("Summary in English")), format.summary_en},
            {label(tr_noop("Description")), format.description},
            {label(tr_noop("Form")), join(words_of(forms(), format.forms), ", ")},
            {label(tr_noop("Group of participants")), join(words_of(group_sizes(), format.group_sizes), ", ")},
            {label(tr_noop("Tips and tricks")), format.tips},
            {label(tr_noop("Material")), lines_of(parts.materials)},
            {label(tr_noop("Tools and online services")), lines_of(parts.tools)},
            {label(tr_noop("Possible at a distance")), format.distance ? "yes" : "no"},
            {label(tr_noop("Publish on the web")), format.publish ? "yes" : "no"},
            {label(tr_noop("Lead time in days")), number_or_nothing(format.lead_days)},
            {label(tr_noop("Effort in staff days")), number_or_nothing(format.staff_days)},
            {label(tr_noop("Cost")), std::string(to_word(format.cost))},
            {label(tr_noop("Duration")), format.duration},
            {label(tr_noop("Related formats")), join(parts.related, ", ")},
            {label(tr_noop("Source")), format.source},
            {label(tr_noop("Description in English")), format.description_en},
            {label(tr_noop("Tips and tricks in English")), format.tips_en},
            {label(tr_noop("Duration in English")), format.duration_en},
            {label(tr_noop("Source in English")), format.source_en}};
}

core::Snapshot snapshot(const Report& report) {
    return {{label(tr_noop("Title")), report.title},
            {label(tr_noop("Occasion")), report.occasion},
            {label(tr_noop("When")), report.date_text},
            {label(tr_noop("Number of participants")), number_or_nothing(report.participants)},
            {label(tr_noop("What went well")), report.went_well},
            {label(tr_noop("What went badly")), report.went_badly},
            {label(tr_noop("Advice to others")), report.advice},
            {label(tr_noop("Organisation")), report.organisation}};
}

std::vector<State> next_states(State state) {
    switch (state) {
        case State::draft:
            return {State::handed_in, State::archived};
        case State::handed_in:
            return {State::agreed, State::draft, State::archived};
        case State::agreed:
            return {State::published, State::handed_in, State::draft, State::archived};
        case State::published:
            return {State::agreed, State::archived};
        case State::archived:
            return {State::draft};
    }
    return {};
}

std::vector<ReportState> next_steps(const Report& report, const ReportRights& rights) {
    std::vector<ReportState> steps;
    const auto step = [&](bool possible, ReportState state) {
        if (possible) steps.push_back(state);
    };
    const bool any = rights.office || rights.department;
    switch (report.state) {
        case ReportState::draft:
            step(any, ReportState::handed_in);
            break;
        case ReportState::handed_in:
            step(rights.releases, ReportState::agreed);
            step(any, ReportState::draft);
            step(rights.office, ReportState::rejected);
            break;
        case ReportState::agreed:
            step(rights.office && report.format, ReportState::published);
            step(rights.releases || rights.office, ReportState::handed_in);
            step(rights.office, ReportState::rejected);
            break;
        case ReportState::published:
            step(rights.office, ReportState::agreed);
            step(rights.releases, ReportState::handed_in);
            break;
        case ReportState::rejected:
            step(any, ReportState::draft);
            break;
        case ReportState::unconfirmed:
            break;
    }
    return steps;
}

ReportState after_change(ReportState state, const ReportRights& rights) {
    if (state != ReportState::agreed && state != ReportState::published) return state;
    if (!rights.releases) return ReportState::handed_in;
    return rights.office ? state : ReportState::agreed;
}

bool is_reserved(std::string_view key) {
    static constexpr std::string_view words[] = {"vergleich",    "finden",     "neu",       "erfahrungen",
                                                 "abfragebogen", "broschuere", "erfahrung", "drucken"};
    return std::find(std::begin(words), std::end(words), key) != std::end(words);
}

std::string title_key(const std::string& title) {
    // 32 bytes tell about 25 letters apart; what is the same up to there is sorted by id.
    const std::string bytes = i18n::german().sort_key(title).substr(0, 32);
    static constexpr char digits[] = "0123456789abcdef";
    std::string key;
    key.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        key += digits[byte >> 4];
        key += digits[byte & 15];
    }
    return key;
}

}  // namespace mitwirken::toolbox
