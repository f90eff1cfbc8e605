// Rows of brochures that were asked for; see brochure.h.
#include "modules/toolbox/brochure.h"
#include "platform/db/db.h"

namespace mitwirken::toolbox {

namespace {

#define BROCHURE_COLUMNS \
    "id, tenant_id, token, state, step, language, site, choice, entries, file, created_at, started_at, finished_at "

const db::Query insert_brochure{"toolbox.brochure_insert", R"(
    INSERT INTO toolbox_brochure (tenant_id, token, state, step, language, site, choice, entries, file, created_at)
    VALUES (:tenant, :token, 'waiting', '', :language, :site, :choice, :entries, '', :created_at) RETURNING id)"};
const db::Query select_by_token{"toolbox.brochure_by_token",
                                "SELECT " BROCHURE_COLUMNS
                                "FROM toolbox_brochure WHERE tenant_id = :tenant AND token = :token"};
const db::Query select_by_id{"toolbox.brochure", "SELECT " BROCHURE_COLUMNS "FROM toolbox_brochure WHERE id = :id"};
const db::Query count_before{"toolbox.brochures_before", R"(
    SELECT count(*) FROM toolbox_brochure
    WHERE tenant_id = :tenant AND state IN ('waiting', 'running') AND id < :id)"};
const db::Query begin_one{"toolbox.brochure_begin", R"(
    UPDATE toolbox_brochure SET state = 'running', step = 'collecting', started_at = :now
    WHERE id = :id AND state IN ('waiting', 'running'))"};
const db::Query update_step{"toolbox.brochure_step", R"(
    UPDATE toolbox_brochure SET step = :step WHERE id = :id AND state = 'running')"};
const db::Query end_one{"toolbox.brochure_end", R"(
    UPDATE toolbox_brochure SET state = :state, file = :file, finished_at = :now
    WHERE id = :id AND state IN ('waiting', 'running'))"};
const db::Query select_old{"toolbox.brochures_old", R"(
    SELECT id, file FROM toolbox_brochure WHERE created_at < :before ORDER BY created_at, id LIMIT 500)"};
const db::Query delete_one{"toolbox.brochure_delete", "DELETE FROM toolbox_brochure WHERE id = :id"};
const db::Query file_needed{"toolbox.brochure_file_needed", R"(
    SELECT EXISTS (SELECT 1 FROM toolbox_brochure WHERE file = :file))"};

struct OldRow {
    BrochureId id;
    std::string file;
};

}  // namespace

BrochureId add_brochure(db::Tx& tx, const Brochure& b, Timestamp now) {
    return tx.value<BrochureId>(insert_brochure, b.tenant, b.token, b.language, b.site, b.choice, b.entries, now);
}

std::optional<Brochure> find_brochure(db::Tx& tx, TenantId tenant, const std::string& token) {
    return tx.one<Brochure>(select_by_token, tenant, token);
}

std::optional<Brochure> find_brochure(db::Tx& tx, BrochureId id) { return tx.one<Brochure>(select_by_id, id); }

std::int64_t brochures_before(db::Tx& tx, TenantId tenant, BrochureId id) {
    return tx.value<std::int64_t>(count_before, tenant, id);
}

bool begin_brochure(db::Tx& tx, BrochureId id, Timestamp now) { return tx.exec(begin_one, now, id) == 1; }

bool set_brochure_step(db::Tx& tx, BrochureId id, BrochureStep step) { return tx.exec(update_step, step, id) == 1; }

bool end_brochure(db::Tx& tx, BrochureId id, BrochureState state, const std::string& file, Timestamp now) {
    return tx.exec(end_one, state, file, now, id) == 1;
}

std::vector<std::string> remove_brochures(db::Tx& tx, Timestamp before) {
    std::vector<std::string> gone;
    const auto old = tx.all<OldRow>(select_old, before);
    for (const auto& row : old) tx.exec(delete_one, row.id);
    for (const auto& row : old)
        if (!row.file.empty() && !tx.value<bool>(file_needed, row.file)) gone.push_back(row.file);
    return gone;
}

}  // namespace mitwirken::toolbox
