// Every statement of quick polls.
#include <set>

#include "modules/polls/polls.h"

namespace mitwirken::polls {

namespace {

#define POLLS_QUESTION "SELECT id, key, title, note, options, most, closed, edits, votes, position FROM polls_question "

const db::Query select_questions{"polls.questions",
                                 POLLS_QUESTION "WHERE activity_id = :activity ORDER BY position, id"};
const db::Query select_question{"polls.question", POLLS_QUESTION "WHERE activity_id = :activity AND id = :id"};
const db::Query select_counts{"polls.counts", R"(
    SELECT c.question_id, c.option_key, c.n FROM polls_count AS c JOIN polls_question AS q ON q.id = c.question_id
    WHERE q.activity_id = :activity)"};
const db::Query select_turn{"polls.turn", "SELECT turn FROM polls_poll WHERE activity_id = :activity"};
const db::Query raise_turn{"polls.raise_turn", R"(
    INSERT INTO polls_poll (activity_id, tenant_id, turn) VALUES (:activity, :tenant, 1)
    ON CONFLICT (activity_id) DO UPDATE SET turn = polls_poll.turn + 1)"};
const db::Query insert_question{"polls.add", R"(
    INSERT INTO polls_question (tenant_id, activity_id, key, position, title, note, options, most, closed, edits, votes)
    VALUES (:tenant, :activity, :key, :position, :title, :note, :options, :most, :closed, 1, 0) RETURNING id)"};
const db::Query update_question{"polls.save", R"(
    UPDATE polls_question SET title = :title, note = :note, options = :options, most = :most, edits = edits + 1
    WHERE activity_id = :activity AND id = :id)"};
const db::Query update_closed{"polls.close", R"(
    UPDATE polls_question SET closed = :closed WHERE activity_id = :activity AND id = :id)"};
const db::Query update_position{"polls.place", "UPDATE polls_question SET position = :position WHERE id = :id"};
const db::Query delete_question{"polls.remove", "DELETE FROM polls_question WHERE id = :id AND votes = 0"};
const db::Query delete_counts{"polls.remove_counts", "DELETE FROM polls_count WHERE question_id = :id"};
const db::Query insert_vote{"polls.vote", R"(
    INSERT INTO polls_vote (tenant_id, activity_id, question_id, participant_id, chosen, voted_at)
    VALUES (:tenant, :activity, :question, :who, :chosen, :now)
    ON CONFLICT (question_id, participant_id) DO NOTHING)"};
const db::Query update_vote{"polls.change_vote", R"(
    UPDATE polls_vote SET chosen = :chosen, voted_at = :now WHERE question_id = :question AND participant_id = :who)"};
const db::Query select_votes{"polls.votes_of", R"(
    SELECT question_id, chosen FROM polls_vote WHERE participant_id = :who AND activity_id = :activity ORDER BY id)"};
const db::Query count_voter{"polls.count_voter", "UPDATE polls_question SET votes = votes + 1 WHERE id = :id"};
const db::Query count_option{"polls.count_option", R"(
    INSERT INTO polls_count (question_id, option_key, tenant_id, n) VALUES (:question, :key, :tenant, :by)
    ON CONFLICT (question_id, option_key) DO UPDATE SET n = polls_count.n + excluded.n)"};
const db::Query select_of_person{"polls.of_person", R"(
    SELECT q.title, q.options, v.chosen, v.voted_at
    FROM polls_vote AS v JOIN polls_question AS q ON q.id = v.question_id
    WHERE v.participant_id = :who AND v.tenant_id = :tenant ORDER BY v.id)"};
const db::Query forget{"polls.forget", R"(
    UPDATE polls_vote SET participant_id = NULL WHERE participant_id = :who AND tenant_id = :tenant)"};
struct Row {
    QuestionId id;
    std::string key, title, note, options;
    std::int64_t most;
    bool closed;
    std::int64_t edits, votes, position;
};
struct Count {
    QuestionId question;
    std::string key;
    std::int64_t n;
};
struct VoteRow {
    QuestionId question;
    std::string chosen;
};
struct OfPerson {
    std::string title, options, chosen;
    Timestamp at;
};

std::vector<Option> options_of(const std::string& text) {
    std::vector<Option> list;
    for (const auto& option : nlohmann::json::parse(text))
        list.push_back({option.at("key").get<std::string>(), option.at("label").get<std::string>()});
    return list;
}

std::string text_of(const std::vector<Option>& options) {
    auto list = nlohmann::json::array();
    for (const auto& option : options) list.push_back({{"key", option.key}, {"label", option.label}});
    return list.dump();
}

std::vector<std::string> chosen_of(const std::string& text) {
    return nlohmann::json::parse(text).get<std::vector<std::string>>();
}

Question from(Row&& row) {
    return {row.id,
            std::move(row.key),
            std::move(row.title),
            std::move(row.note),
            options_of(row.options),
            row.most,
            row.closed,
            row.edits,
            row.votes,
            row.position};
}

void add_counts(db::Tx& tx, ActivityId activity, std::vector<Question>& list) {
    for (const auto& count : tx.all<Count>(select_counts, activity))
        for (auto& question : list)
            for (auto& option : question.options)
                if (question.id == count.question && option.key == count.key) option.count = count.n;
}

void turn(db::Tx& tx, TenantId tenant, ActivityId activity) { tx.exec(raise_turn, activity, tenant); }

void count(db::Tx& tx, TenantId tenant, QuestionId question, const std::vector<std::string>& chosen, std::int64_t by) {
    for (const auto& key : chosen) tx.exec(count_option, question, key, tenant, by);
}

}  // namespace

std::vector<Question> questions(db::Tx& tx, ActivityId activity) {
    std::vector<Question> list;
    for (auto& row : tx.all<Row>(select_questions, activity)) list.push_back(from(std::move(row)));
    add_counts(tx, activity, list);
    return list;
}

std::optional<Question> find_question(db::Tx& tx, ActivityId activity, QuestionId id) {
    auto row = tx.one<Row>(select_question, activity, id);
    if (!row) return {};
    std::vector<Question> one{from(std::move(*row))};
    add_counts(tx, activity, one);
    return one.front();
}

std::int64_t turn_of(db::Tx& tx, ActivityId activity) {
    return tx.one<std::int64_t>(select_turn, activity).value_or(0);
}

QuestionId add_question(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question) {
    std::set<std::string> taken;
    std::int64_t position = 0;
    for (const auto& row : tx.all<Row>(select_questions, activity)) {
        taken.insert(row.key);
        position = row.position + 1;
    }
    std::string key = question.key;
    for (int n = 1; key.empty(); ++n)
        if (const std::string free = "f" + std::to_string(n); taken.count(free) == 0) key = free;
    turn(tx, tenant, activity);
    return tx.value<QuestionId>(insert_question, tenant, activity, key, position, question.title, question.note,
                                text_of(question.options), question.most, question.closed);
}

void save_question(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& q) {
    tx.exec(update_question, q.title, q.note, text_of(q.options), q.most, activity, q.id);
    turn(tx, tenant, activity);
}

void set_closed(db::Tx& tx, TenantId tenant, ActivityId activity, QuestionId id, bool closed) {
    tx.exec(update_closed, closed, activity, id);
    turn(tx, tenant, activity);
}

bool move_question(db::Tx& tx, TenantId tenant, ActivityId activity, QuestionId id, bool up) {
    const auto list = tx.all<Row>(select_questions, activity);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].id != id) continue;
        if (up ? i == 0 : i + 1 == list.size()) return false;
        const auto& other = list[up ? i - 1 : i + 1];
        tx.exec(update_position, other.position, id);
        tx.exec(update_position, list[i].position, other.id);
        turn(tx, tenant, activity);
        return true;
    }
    return false;
}

bool remove_question(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question) {
    if (question.votes > 0) return false;
    tx.exec(delete_counts, question.id);
    tx.exec(delete_question, question.id);
    turn(tx, tenant, activity);
    return true;
}

Votes votes_of(db::Tx& tx, ActivityId activity, const std::vector<ParticipantId>& who) {
    Votes votes;
    for (const auto one : who)
        for (const auto& row : tx.all<VoteRow>(select_votes, one, activity))
            votes.emplace(row.question, chosen_of(row.chosen));
    return votes;
}

bool cast(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question, ParticipantId who,
          const std::vector<std::string>& chosen, Timestamp now) {
    const std::string text = nlohmann::json(chosen).dump();
    if (tx.exec(insert_vote, tenant, activity, question.id, who, text, now) == 0) return false;
    tx.exec(count_voter, question.id);
    count(tx, tenant, question.id, chosen, 1);
    turn(tx, tenant, activity);
    return true;
}

void change_vote(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question,
                 const std::vector<ParticipantId>& who, const std::vector<std::string>& chosen, Timestamp now) {
    for (const auto one : who) {
        const auto before = votes_of(tx, activity, {one});
        const auto at = before.find(question.id);
        if (at == before.end()) continue;
        tx.exec(update_vote, nlohmann::json(chosen).dump(), now, question.id, one);
        count(tx, tenant, question.id, at->second, -1);
        count(tx, tenant, question.id, chosen, 1);
        turn(tx, tenant, activity);
        return;
    }
}

nlohmann::json export_participant(db::Tx& tx, TenantId tenant, ParticipantId who) {
    auto list = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, who, tenant)) {
        auto answers = nlohmann::json::array();
        const auto chosen = chosen_of(row.chosen);
        for (const auto& option : options_of(row.options))
            if (std::find(chosen.begin(), chosen.end(), option.key) != chosen.end()) answers.push_back(option.label);
        list.push_back({{"question", row.title}, {"chosen", answers}, {"at", to_iso(row.at)}});
    }
    return list.empty() ? nlohmann::json::object() : nlohmann::json{{"votes", list}};
}

void forget_participant(db::Tx& tx, TenantId tenant, ParticipantId who) { tx.exec(forget, who, tenant); }

}  // namespace mitwirken::polls
