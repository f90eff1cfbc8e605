// The rows of following: readers and their follows (store.cpp), happenings and who gets them (store_events.cpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/tenants/tenants.h"
#include "modules/following/following.h"
#include "platform/db/db.h"

namespace mitwirken::following {

// ---- readers
std::optional<Reader> find_reader(db::Tx& tx, ReaderId id);
std::optional<Reader> find_reader(db::Tx& tx, core::TenantId tenant, const std::string& email);
std::vector<Reader> readers_of(db::Tx& tx, core::AccountId account);
std::vector<Reader> readers_of(db::Tx& tx, core::TenantId tenant, core::ParticipantId participant);
// The reader with this address, made when there is none.
struct NewReader {
    core::TenantId tenant;
    std::string email;
    core::AccountId account;
    core::ParticipantId participant;
    std::string language, site;
};
Reader need_reader(db::Tx& tx, const NewReader& reader, Timestamp now);
// Language, site, account, participant, news, pause, and when we last wrote.
void save_reader(db::Tx& tx, const Reader& reader);
void move_reader(db::Tx& tx, ReaderId id, const std::string& email);
// With everything that hangs on it.
void erase_reader(db::Tx& tx, ReaderId id);
// Readers who follow nothing, wait for nothing and have not said that they want no mails; at most `count`.
std::vector<ReaderId> idle_readers(db::Tx& tx, Timestamp before, int count);

// ---- follows
std::vector<Follow> follows_of(db::Tx& tx, ReaderId reader);  // oldest first
std::optional<Follow> find_follow(db::Tx& tx, ReaderId reader, FollowId id);
FollowId add_follow(db::Tx& tx, core::TenantId tenant, const Follow& follow);
void set_rhythm(db::Tx& tx, FollowId id, Rhythm rhythm);
void confirm_follow(db::Tx& tx, FollowId id, Timestamp now);
// With what waits to be sent because of it.
void end_follow(db::Tx& tx, FollowId id);
void expire_follows(db::Tx& tx, Timestamp before);
// Confirmed follows of one thing, by id behind `after`.
std::vector<Follow> followers(db::Tx& tx, core::TenantId tenant, Kind kind, std::int64_t item, std::int64_t after,
                              int count);
// Of those around points: the ones whose circle may reach into this box.
std::vector<Follow> followers_around(db::Tx& tx, core::TenantId tenant, const geo::Box& box, std::int64_t after,
                                     int count);

// ---- happenings
// Nothing when its mark was told before.
std::optional<HappeningId> add_happening(db::Tx& tx, const Happening& happening);
std::optional<Happening> find_happening(db::Tx& tx, HappeningId id);
// Place, state, and how far its audience was asked.
void save_progress(db::Tx& tx, const Happening& happening);
void set_terms(db::Tx& tx, HappeningId id, const std::vector<core::TermId>& terms);
std::vector<core::TermId> terms_of(db::Tx& tx, HappeningId id);
void drop_marked(db::Tx& tx, core::TenantId tenant, const std::string& mark);
void forget_author(db::Tx& tx, core::ParticipantId who);
// For feeds: newest first, at most `count`.
std::vector<Happening> happenings(db::Tx& tx, core::TenantId tenant, const Follow& thing, int count);
std::vector<Happening> all_happenings(db::Tx& tx, core::TenantId tenant, int count);

// Somebody who took part in a procedure and can be written to.
struct Person {
    core::ParticipantId id;
    core::AccountId account;
    std::string email, language;
};
std::vector<Person> people_of(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, std::int64_t after,
                              int count);
// The proven address of a participant: that of their account, else their own; "" without one.
std::string address_of(db::Tx& tx, core::TenantId tenant, core::ParticipantId who);

// ---- deliveries
// Once for a happening and a reader; of several reasons the one that is due first stays. False when nothing changed.
bool deliver(db::Tx& tx, const Happening& happening, ReaderId reader, FollowId why, Timestamp due);
struct Due {
    ReaderId reader;
    Timestamp at{};
};
std::vector<Due> due_deliveries(db::Tx& tx, core::TenantId tenant, Timestamp now, int count);
std::optional<Timestamp> next_delivery(db::Tx& tx, core::TenantId tenant);
struct Waiting {
    HappeningId happening;
    FollowId follow;
};
std::vector<Waiting> waiting_of(db::Tx& tx, ReaderId reader, Timestamp now);
void mark_sent(db::Tx& tx, ReaderId reader, Timestamp now);
// Moves everything that waits for a reader.
void put_off(db::Tx& tx, ReaderId reader, Timestamp until);
std::vector<Waiting> all_waiting_of(db::Tx& tx, ReaderId reader);
void move_delivery(db::Tx& tx, const Waiting& waiting, ReaderId reader, Timestamp due);
void drop_deliveries(db::Tx& tx, ReaderId reader);
void drop_news(db::Tx& tx, ReaderId reader);  // what waits because they took part
// Happenings and deliveries that nobody needs any more, at most `count` of each; true when there may be more.
bool forget_old(db::Tx& tx, Timestamp sent_before, Timestamp happened_before, int count);

}  // namespace mitwirken::following
