// Rows of readers and their follows; see store.h.
#include "modules/following/store.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::following {

namespace {

const db::Query reader_by_id{"following.reader", R"(
    SELECT id, tenant_id, email, account_id, participant_id, language, site, salt, news, paused_until, asked_at, asked,
           mailed_at, created_at FROM following_reader WHERE id = :id)"};
const db::Query reader_by_email{"following.reader_by_email", R"(
    SELECT id, tenant_id, email, account_id, participant_id, language, site, salt, news, paused_until, asked_at, asked,
           mailed_at, created_at FROM following_reader WHERE tenant_id = :tenant AND email = :email)"};
const db::Query readers_by_account{"following.readers_of_account", R"(
    SELECT id, tenant_id, email, account_id, participant_id, language, site, salt, news, paused_until, asked_at, asked,
           mailed_at, created_at FROM following_reader
    WHERE account_id = :account AND account_id <> 0 ORDER BY id)"};
const db::Query readers_by_participant{"following.readers_of_participant", R"(
    SELECT id, tenant_id, email, account_id, participant_id, language, site, salt, news, paused_until, asked_at, asked,
           mailed_at, created_at FROM following_reader
    WHERE participant_id = :participant AND participant_id <> 0 AND tenant_id = :tenant ORDER BY id)"};
const db::Query insert_reader{"following.reader_insert", R"(
    INSERT INTO following_reader (tenant_id, email, account_id, participant_id, language, site, salt, created_at)
    VALUES (:tenant, :email, :account, :participant, :language, :site, :salt, :now) ON CONFLICT DO NOTHING)"};
const db::Query update_reader{"following.reader_update", R"(
    UPDATE following_reader SET account_id = :account, participant_id = :participant, language = :language,
        site = :site, news = :news, paused_until = :paused, asked_at = :asked_at, asked = :asked, mailed_at = :mailed
    WHERE id = :id)"};
const db::Query update_email{"following.reader_email", "UPDATE following_reader SET email = :email WHERE id = :id"};
const db::Query delete_deliveries{"following.reader_deliveries_delete", R"(
    DELETE FROM following_delivery WHERE reader_id = :id)"};
const db::Query delete_follows{"following.reader_follows_delete", "DELETE FROM following_follow WHERE reader_id = :id"};
const db::Query delete_reader{"following.reader_delete", "DELETE FROM following_reader WHERE id = :id"};
const db::Query select_idle{"following.readers_idle", R"(
    SELECT r.id FROM following_reader r WHERE r.news = 1 AND r.created_at < :before
      AND NOT EXISTS (SELECT 1 FROM following_follow f WHERE f.reader_id = r.id)
      AND NOT EXISTS (SELECT 1 FROM following_delivery d WHERE d.reader_id = r.id AND d.sent_at IS NULL)
    ORDER BY r.id LIMIT :count)"};

const db::Query select_follows{"following.follows", R"(
    SELECT id, reader_id, kind, item, words, facet, terms, label, lon, lat, metres, rhythm, confirmed_at, created_at
    FROM following_follow WHERE reader_id = :reader ORDER BY id)"};
const db::Query insert_follow{"following.follow_insert", R"(
    INSERT INTO following_follow (tenant_id, reader_id, kind, item, words, facet, terms, label, lon, lat, metres,
                                  rhythm, confirmed_at, created_at)
    VALUES (:tenant, :reader, :kind, :item, :words, :facet, :terms, :label, :lon, :lat, :metres, :rhythm, :confirmed,
            :created) RETURNING id)"};
const db::Query update_rhythm{"following.follow_rhythm", R"(
    UPDATE following_follow SET rhythm = :rhythm WHERE id = :id)"};
const db::Query update_confirmed{"following.follow_confirm", R"(
    UPDATE following_follow SET confirmed_at = :now WHERE id = :id AND confirmed_at IS NULL)"};
const db::Query delete_waiting{"following.follow_deliveries_delete", R"(
    DELETE FROM following_delivery WHERE follow_id = :follow AND sent_at IS NULL
      AND reader_id = (SELECT f.reader_id FROM following_follow f WHERE f.id = :id))"};
const db::Query delete_follow{"following.follow_delete", "DELETE FROM following_follow WHERE id = :id"};
const db::Query delete_expired{"following.follows_expire", R"(
    DELETE FROM following_follow WHERE confirmed_at IS NULL AND created_at < :before)"};
const db::Query select_followers{"following.followers", R"(
    SELECT id, reader_id, kind, item, words, facet, terms, label, lon, lat, metres, rhythm, confirmed_at, created_at
    FROM following_follow
    WHERE tenant_id = :tenant AND kind = :kind AND item = :item AND id > :after AND confirmed_at IS NOT NULL
    ORDER BY id LIMIT :count)"};
const db::Query select_around{"following.followers_around", R"(
    SELECT id, reader_id, kind, item, words, facet, terms, label, lon, lat, metres, rhythm, confirmed_at, created_at
    FROM following_follow
    WHERE tenant_id = :tenant AND kind = 'radius' AND item = 0 AND id > :after AND confirmed_at IS NOT NULL
      AND lat > :south AND lat < :north AND lon > :west AND lon < :east
    ORDER BY id LIMIT :count)"};

}  // namespace

std::optional<Reader> find_reader(db::Tx& tx, ReaderId id) { return tx.one<Reader>(reader_by_id, id); }
std::optional<Reader> find_reader(db::Tx& tx, core::TenantId tenant, const std::string& email) {
    return tx.one<Reader>(reader_by_email, tenant, email);
}
std::vector<Reader> readers_of(db::Tx& tx, core::AccountId account) {
    return tx.all<Reader>(readers_by_account, account);
}
std::vector<Reader> readers_of(db::Tx& tx, core::TenantId tenant, core::ParticipantId participant) {
    return tx.all<Reader>(readers_by_participant, participant, tenant);
}

Reader need_reader(db::Tx& tx, const NewReader& r, Timestamp now) {
    tx.exec(insert_reader, r.tenant, r.email, r.account, r.participant, r.language, r.site, crypto::random_token(),
            now);
    return *find_reader(tx, r.tenant, r.email);
}

void save_reader(db::Tx& tx, const Reader& r) {
    tx.exec(update_reader, r.account, r.participant, r.language, r.site, r.news, r.paused_until, r.asked_at, r.asked,
            r.mailed_at, r.id);
}

void move_reader(db::Tx& tx, ReaderId id, const std::string& email) { tx.exec(update_email, email, id); }

void erase_reader(db::Tx& tx, ReaderId id) {
    for (const auto* query : {&delete_deliveries, &delete_follows, &delete_reader}) tx.exec(*query, id);
}

std::vector<ReaderId> idle_readers(db::Tx& tx, Timestamp before, int count) {
    return tx.all<ReaderId>(select_idle, before, count);
}

std::vector<Follow> follows_of(db::Tx& tx, ReaderId reader) { return tx.all<Follow>(select_follows, reader); }

std::optional<Follow> find_follow(db::Tx& tx, ReaderId reader, FollowId id) {
    for (auto& follow : follows_of(tx, reader))
        if (follow.id == id) return std::move(follow);
    return {};
}

FollowId add_follow(db::Tx& tx, core::TenantId tenant, const Follow& f) {
    return tx.value<FollowId>(insert_follow, tenant, f.reader, f.kind, f.item, f.words, f.facet, f.terms, f.label,
                              f.lon, f.lat, f.metres, f.rhythm, f.confirmed_at, f.created_at);
}

void set_rhythm(db::Tx& tx, FollowId id, Rhythm rhythm) { tx.exec(update_rhythm, rhythm, id); }
void confirm_follow(db::Tx& tx, FollowId id, Timestamp now) { tx.exec(update_confirmed, now, id); }

void end_follow(db::Tx& tx, FollowId id) {
    tx.exec(delete_waiting, id, id);
    tx.exec(delete_follow, id);
}

void expire_follows(db::Tx& tx, Timestamp before) { tx.exec(delete_expired, before); }

std::vector<Follow> followers(db::Tx& tx, core::TenantId tenant, Kind kind, std::int64_t item, std::int64_t after,
                              int count) {
    return tx.all<Follow>(select_followers, tenant, kind, item, after, count);
}

std::vector<Follow> followers_around(db::Tx& tx, core::TenantId tenant, const geo::Box& box, std::int64_t after,
                                     int count) {
    // Generous: a degree of latitude is about 111 km, one of longitude at least half of it as far north as here.
    const double north = double(most_metres) / 100'000, east = double(most_metres) / 55'000;
    return tx.all<Follow>(select_around, tenant, after, box.south - north, box.north + north, box.west - east,
                          box.east + east, count);
}

}  // namespace mitwirken::following
