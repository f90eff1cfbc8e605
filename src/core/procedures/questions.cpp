// Questions to a procedure in a file, and the answers; the format is that of exchange.h.
#include <fmt/format.h>

#include "core/procedures/exchange.h"
#include "core/procedures/members.h"

namespace mitwirken::core {

namespace {

Question read_question(const Json& json, std::size_t index, Problems& problems) {
    Members members(json, fmt::format("question {}", key_or_number(json, "id", index)), problems);
    Question question;
    question.id = members.text("id");
    question.tracks = members.texts("tracks");
    question.activity = members.text("activity");
    question.interaction = members.text("interaction");
    const Json* at = members.need("at");
    const auto instant = at && at->is_string() ? parse_instant(at->get<std::string>()) : std::nullopt;
    if (instant)
        question.at = *instant;
    else if (at)
        members.problem("at", tr_noop("This is not an instant in UTC, such as “2027-03-29T16:30:00Z”."));
    return question;
}

Json instant_or_null(const std::optional<Timestamp>& instant) { return instant ? Json(to_iso(*instant)) : Json(); }

}  // namespace

Result<std::vector<Question>> read_questions(std::string_view text) {
    Problems problems;
    const auto json = parse_json(text, problems);
    if (!json) return problems;
    std::vector<Question> questions;
    if (!json->is_array())
        problems.add("", tr_noop("This must be a list: […]."));
    else
        for (const auto& question : *json) questions.push_back(read_question(question, questions.size(), problems));
    if (problems.any()) return problems;
    return questions;
}

std::string write_answers(const Procedure& procedure, const std::vector<Question>& questions) {
    const Grid grid(procedure);
    Json list = Json::array();
    for (const auto& question : questions) {
        const Answer answer =
            grid.ask(grid.audience(question.tracks), question.activity, question.interaction, question.at);
        const Track* track = answer.where ? &procedure.tracks[answer.where->track] : nullptr;
        list.push_back({{"id", question.id},
                        {"visible", answer.visible},
                        {"allowed", answer.allowed()},
                        {"because", to_word(answer.because)},
                        {"track", track ? Json(track->key) : Json()},
                        {"step", track ? Json(track->steps[answer.where->step].key) : Json()},
                        {"from", instant_or_null(answer.period.from)},
                        {"until", instant_or_null(answer.period.until)}});
    }
    return list.dump(1) + "\n";
}

}  // namespace mitwirken::core
