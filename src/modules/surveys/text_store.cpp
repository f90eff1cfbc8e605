// Free texts and their tags; see store.h.
#include "modules/surveys/store.h"

namespace mitwirken::surveys {

namespace {

const db::Query select_texts{"surveys.texts", R"(
    SELECT t.contribution_id, t.text, t.released FROM surveys_text t
    JOIN core_contribution c ON c.id = t.contribution_id
    WHERE t.activity_id = :activity AND t.question = :question AND t.contribution_id > :after AND c.state = 'published'
    ORDER BY t.contribution_id LIMIT :count)"};
const db::Query select_tagged{"surveys.texts_of_tag", R"(
    SELECT t.contribution_id, t.text, t.released FROM surveys_coding k
    JOIN surveys_text t ON t.contribution_id = k.contribution_id
    JOIN core_contribution c ON c.id = t.contribution_id
    WHERE k.tag_id = :tag AND k.contribution_id > :after AND t.activity_id = :activity AND t.question = :question
      AND c.state = 'published'
    ORDER BY k.contribution_id LIMIT :count)"};
const db::Query select_released{"surveys.texts_released", R"(
    SELECT t.contribution_id, t.text, t.released FROM surveys_text t
    JOIN core_contribution c ON c.id = t.contribution_id
    WHERE t.activity_id = :activity AND t.question = :question AND t.contribution_id > :after AND t.released = 1
      AND c.state = 'published'
    ORDER BY t.contribution_id LIMIT :count)"};
const db::Query update_released{"surveys.text_release", R"(
    UPDATE surveys_text SET released = :released
    WHERE activity_id = :activity AND question = :question AND contribution_id = :id)"};
const db::Query select_tags{"surveys.tags", R"(
    SELECT g.id, g.name, COUNT(k.contribution_id) FROM surveys_tag g LEFT JOIN surveys_coding k ON k.tag_id = g.id
    WHERE g.activity_id = :activity AND g.question = :question GROUP BY g.id, g.name ORDER BY g.id)"};
const db::Query select_tag{"surveys.tag", R"(
    SELECT id FROM surveys_tag WHERE activity_id = :activity AND question = :question AND name = :name)"};
const db::Query insert_tag{"surveys.tag_add", R"(
    INSERT INTO surveys_tag (tenant_id, activity_id, question, name) VALUES (:tenant, :activity, :question, :name)
    RETURNING id)"};
const db::Query delete_tag{"surveys.tag_drop", "DELETE FROM surveys_tag WHERE id = :id AND activity_id = :activity"};
const db::Query delete_tag_codings{"surveys.tag_codings_drop", "DELETE FROM surveys_coding WHERE tag_id = :id"};
const db::Query select_codings{"surveys.codings", R"(
    SELECT k.contribution_id, k.tag_id FROM surveys_tag g JOIN surveys_coding k ON k.tag_id = g.id
    WHERE g.activity_id = :activity AND g.question = :question AND k.contribution_id > :after
      AND k.contribution_id <= :last)"};
const db::Query insert_coding{"surveys.coding_add", R"(
    INSERT INTO surveys_coding (tag_id, contribution_id, tenant_id) VALUES (:tag, :id, :tenant)
    ON CONFLICT DO NOTHING)"};
const db::Query delete_coding{"surveys.coding_drop", R"(
    DELETE FROM surveys_coding WHERE tag_id = :tag AND contribution_id = :id)"};

}  // namespace

std::vector<FreeText> free_texts(db::Tx& tx, ActivityId activity, const std::string& question, TagId tag,
                                 ContributionId after, int count) {
    if (tag) return tx.all<FreeText>(select_tagged, tag, after, activity, question, count);
    return tx.all<FreeText>(select_texts, activity, question, after, count);
}

std::vector<FreeText> released_texts(db::Tx& tx, ActivityId activity, const std::string& question, ContributionId after,
                                     int count) {
    return tx.all<FreeText>(select_released, activity, question, after, count);
}

void release_text(db::Tx& tx, ActivityId activity, const std::string& question, ContributionId id, bool released) {
    tx.exec(update_released, released ? 1 : 0, activity, question, id);
}

std::vector<Tag> tags(db::Tx& tx, ActivityId activity, const std::string& question) {
    return tx.all<Tag>(select_tags, activity, question);
}

TagId need_tag(db::Tx& tx, TenantId tenant, ActivityId activity, const std::string& question, const std::string& name) {
    if (const auto known = tx.one<TagId>(select_tag, activity, question, name)) return *known;
    return tx.value<TagId>(insert_tag, tenant, activity, question, name);
}

void drop_tag(db::Tx& tx, ActivityId activity, TagId id) {
    if (tx.exec(delete_tag, id, activity) > 0) tx.exec(delete_tag_codings, id);
}

std::vector<Coding> codings(db::Tx& tx, ActivityId activity, const std::string& question, ContributionId after,
                            ContributionId last) {
    return tx.all<Coding>(select_codings, activity, question, after, last);
}

void set_coding(db::Tx& tx, TenantId tenant, ContributionId id, TagId tag, bool on) {
    if (on)
        tx.exec(insert_coding, tag, id, tenant);
    else
        tx.exec(delete_coding, tag, id);
}

}  // namespace mitwirken::surveys
