// Documentations of dialogues, structured: questions, sessions, groups with their quotes and boards, and the points
// each group found most important – so that they can be read, searched, taken over as data and compared. Invariants:
// what people said stands here as they said it; names of people do not; a documentation is edited as a whole, so that
// two editors never mix their versions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/editorial/editorial.h"
#include "core/ids.h"
#include "core/revisions/revisions.h"
#include "platform/base/form.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/db/db.h"

namespace mitwirken::documentation {

using DocumentId = Id<struct DocumentTag>;

inline constexpr int page_size = 12;
inline constexpr std::size_t most_parts = 40;

struct Link {
    std::string title, url;
    bool operator==(const Link&) const = default;
};

// The fields stand in the order of the SELECT in store.cpp.
struct Document {
    DocumentId id;
    std::string key;
    core::State state = core::State::draft;
    std::optional<Timestamp> publish_at, unpublish_at;
    core::OrganisationId organisation;
    std::string title, lead;
    std::optional<Date> day;
    std::string when_text, why, partners, agenda, moods, points_intro, closing, contact, credits, note;
    std::string links;  // JSON, see links_of
    Timestamp sort_at{}, changed_at{};

    core::Schedule schedule() const { return {state, publish_at, unpublish_at}; }
};

struct Option {
    std::string text;
    std::optional<std::int64_t> votes;
    bool operator==(const Option&) const = default;
};
struct Question {
    std::string text;
    std::int64_t choose = 1;  // how many answers one may give
    std::vector<Option> options;
};

enum class Board { quote, helpful, improve, novel };
inline constexpr std::array<Board, 4> all_boards = {Board::quote, Board::helpful, Board::improve, Board::novel};
struct Group {
    std::string title, quintessence, key_point;
    std::array<std::vector<std::string>, 4> notes;  // by Board
    const std::vector<std::string>& of(Board board) const { return notes[std::size_t(board)]; }
};
// A round of groups with one question, or, without groups, something that was told to everybody.
struct Session {
    std::string title, question, input;
    std::vector<Group> groups;
};
struct Whole {
    Document document;
    std::vector<Question> questions;
    std::vector<Session> sessions;
};

// ---- rules: documentation.cpp
std::vector<std::string> lines_of(const std::string& text);  // without empty ones
// "one // two" and line breaks: the separate thoughts of a quintessence.
std::vector<std::string> thoughts_of(const std::string& text);
std::vector<Link> links_of(const std::string& json);
std::string to_json(const std::vector<Link>& links);
Result<Document> check_head(const Form& form);
Result<Question> check_question(const Form& form);
Result<Session> check_session(const Form& form);  // without groups
Result<Group> check_group(const Form& form);
Form to_form(const Document& document);
Form to_form(const Question& question);
Form to_form(const Session& session);
Form to_form(const Group& group);
// Moves the element at `place` (from 1) one up or down, or takes it out; false when there is no such element.
enum class Move { up, down, remove };
std::optional<Move> move_from(const std::string& word);
template <class T>
bool move_part(std::vector<T>& parts, std::size_t place, Move move) {
    if (place < 1 || place > parts.size()) return false;
    const std::size_t at = place - 1;
    if (move == Move::remove)
        parts.erase(parts.begin() + std::ptrdiff_t(at));
    else if (move == Move::up && at > 0)
        std::swap(parts[at], parts[at - 1]);
    else if (move == Move::down && at + 1 < parts.size())
        std::swap(parts[at], parts[at + 1]);
    return true;
}
std::optional<core::State> next_state(core::State from, const std::string& step);
std::int64_t votes_of(const Question& question);  // all together
std::string plain_text(const Whole& whole);       // everything that was said, for the search
core::Snapshot snapshot(const Whole& whole);
nlohmann::ordered_json to_json(const Whole& whole);
std::string_view to_word(Board board);

// ---- store.cpp
std::optional<Document> find(db::Tx& tx, core::TenantId tenant, DocumentId id);
std::optional<Document> find(db::Tx& tx, core::TenantId tenant, const std::string& key);
Whole load(db::Tx& tx, const Document& document);
DocumentId add(db::Tx& tx, core::TenantId tenant, Document document, core::AccountId by, Timestamp now);
void save(db::Tx& tx, core::TenantId tenant, const Document& document, core::AccountId by, Timestamp now);
// Puts the parts of `whole` in the place of those that are there.
void save_parts(db::Tx& tx, const Whole& whole);
// Newest first; `after` = the last one of the page before.
std::vector<Document> public_list(db::Tx& tx, core::TenantId tenant, DocumentId after, Timestamp now, int count);
std::vector<Document> public_list_of(db::Tx& tx, core::TenantId tenant, const std::vector<core::TermId>& terms,
                                     Timestamp now, int count);
std::vector<Document> all(db::Tx& tx, core::TenantId tenant, DocumentId after, int count);
// When the next one that is not public yet will be.
std::optional<Timestamp> next_publication(db::Tx& tx, core::TenantId tenant, Timestamp now);
std::int64_t handed_in(db::Tx& tx, core::TenantId tenant);
std::optional<core::TenantId> tenant_of(db::Tx& tx, DocumentId id);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

// ---- index.cpp
void index(db::Tx& tx, core::TenantId tenant, const Whole& whole, Timestamp now);

inline core::Ref ref(DocumentId id) { return {"documentation", id.value}; }

}  // namespace mitwirken::documentation

template <>
struct mitwirken::db::Names<mitwirken::documentation::Board> {
    static constexpr std::string_view words[] = {"quote", "helpful", "improve", "new"};
};
