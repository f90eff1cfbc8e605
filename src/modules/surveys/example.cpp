// Invented answers to the example's running survey, so that its results can be seen. Everything is drawn from a fixed
// row of numbers: the example is the same wherever it is loaded.
#include "core/example/example.h"
#include "core/procedures/records.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/results.h"
#include "modules/surveys/store.h"

namespace mitwirken::surveys {

namespace {

class Dice {
public:
    std::size_t up_to(std::size_t n) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return n == 0 ? 0 : std::size_t((state_ >> 33) % n);
    }
    // The first ones more often, so that the bars differ.
    std::size_t leaning(std::size_t n) { return std::min(up_to(n), up_to(n)); }

private:
    std::uint64_t state_ = 2026;
};

std::vector<std::string> some(Dice& dice, const std::vector<Option>& options, std::size_t count) {
    std::vector<std::string> keys;
    while (keys.size() < std::min(count, options.size())) {
        const auto& key = options[dice.leaning(options.size())].key;
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
    return keys;
}

std::string text_for(Dice& dice, const Json& data, const std::string& question) {
    const auto& texts = data.at("texts");
    if (!texts.contains(question) || dice.up_to(3) == 0) return "";
    const auto& list = texts.at(question);
    return list.at(dice.up_to(list.size())).get<std::string>();
}

Value number_of_parts(Dice& dice, const Question& q) {
    Value value;
    if (q.kind == Kind::ranking) {
        int rank = 0;
        for (const auto& key : some(dice, q.options, q.options.size())) value.cells[key] = std::to_string(++rank);
        return value;
    }
    int left = q.points;
    for (const auto& option : q.options) {
        const bool last = &option == &q.options.back();
        const int n = last ? left : int(dice.up_to(std::size_t(left) + 1));
        left -= n;
        value.cells[option.key] = std::to_string(n);
    }
    return value;
}

Value value_for(Dice& dice, const Question& q, const Json& data) {
    Value value;
    switch (q.kind) {
        case Kind::single:
        case Kind::image:
            value.chosen = some(dice, q.options, 1);
            break;
        case Kind::multiple:
            value.chosen = some(dice, q.options, q.most > 0 ? std::size_t(q.most) : 1 + dice.up_to(2));
            if (q.other && dice.up_to(9) == 0)
                if (const auto words = text_for(dice, data, q.key); !words.empty()) {
                    value.chosen.emplace_back(other_key);
                    value.text = words;
                }
            break;
        case Kind::scale:
            value.chosen = {std::to_string(1 + int(dice.up_to(3)) + int(dice.up_to(3)))};
            break;
        case Kind::number:
            value.text = std::to_string(5 * (1 + dice.leaning(9)));
            break;
        case Kind::date:
            value.text = to_iso(add_days(*parse_date(q.first_day), dice.up_to(2) ? 11 : 53));
            break;
        case Kind::matrix:
            for (const auto& row : q.rows) value.cells[row.key] = q.options[dice.leaning(q.options.size())].key;
            break;
        case Kind::ranking:
        case Kind::points:
            return number_of_parts(dice, q);
        case Kind::place: {
            const auto& at = data.at("places").at(dice.up_to(data.at("places").size()));
            value.text = Json{{"type", "Point"}, {"coordinates", at}}.dump();
            break;
        }
        case Kind::consent:
            if (dice.up_to(3) > 0) value.chosen = {"yes"};
            break;
        case Kind::text:
        case Kind::long_text:
            value.text = text_for(dice, data, q.key);
            break;
        case Kind::file:
            break;
    }
    return value;
}

Values answer_for(Dice& dice, const Questionnaire& asked, const Json& data) {
    Values values;
    for (const auto& page : asked.pages)
        for (const auto& q : page.questions) {
            const bool skipped = !q.required && (q.kind == Kind::place ? dice.up_to(3) > 0 : dice.up_to(7) == 0);
            if (auto value = value_for(dice, q, data); !skipped && !value.empty()) values[q.key] = std::move(value);
        }
    return kept(asked, values);
}

void add_example_tags(db::Tx& tx, TenantId tenant, ActivityId activity, const Json& data) {
    for (const auto& tag : data.at("tags")) {
        const std::string question = tag.at("question");
        const auto id = need_tag(tx, tenant, activity, question, tag.at("name"));
        for (const auto& text : free_texts(tx, activity, question, {}, {}, 60)) {
            const bool fits = (text.id.value + id.value) % 3 == 0;
            set_coding(tx, tenant, text.id, id, fits);
        }
    }
    for (const auto& question : data.at("released"))
        for (const auto& text : free_texts(tx, activity, question, {}, {}, 6))
            release_text(tx, activity, question, text.id, true);
}

}  // namespace

void load_example(core::House&, db::Tx& tx, TenantId tenant, Timestamp now) {
    const Json data = Json::parse(core::example_file("procedures/survey-answers.json").dump());
    const auto procedure = core::find_procedure(tx, tenant, data.at("procedure").get<std::string>());
    if (!procedure) return;
    const auto plan = core::load_plan(tx, *procedure);
    for (const auto& activity : plan.activities) {
        const auto version = current_version(tx, activity.id);
        if (activity.key != data.at("activity") || !version) continue;
        const auto asked = parse_questionnaire(version->content);
        Dice dice;
        const int count = data.at("answers"), paper = data.at("paper"), phone = data.at("phone");
        for (int i = 0; i < count; ++i) {
            const Timestamp at = now - std::chrono::hours{2 * (count - i)};
            core::NewContribution head{.module = "surveys", .kind = "answer"};
            head.participant = core::add_participant_without_browser(tx, tenant, at);
            head.channel = i < paper           ? core::Channel::paper
                           : i < paper + phone ? core::Channel::phone
                                               : core::Channel::online;
            head.original = Json{{"version", version->number}}.dump();
            const auto id = core::hand_in(tx, {tenant, procedure->id, activity.id, {}}, head, at);
            const auto values = write_values(answer_for(dice, asked, data)).dump();
            add_answer(tx, tenant, activity.id, {id, version->id, head.channel, values, true, at}, asked);
        }
        add_example_tags(tx, tenant, activity.id, data);
    }
}

}  // namespace mitwirken::surveys
