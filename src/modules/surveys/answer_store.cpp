// Answers that were sent, with their texts and choices; see store.h.
#include "modules/surveys/store.h"

namespace mitwirken::surveys {

namespace {

const db::Query insert_answer{"surveys.answer_add", R"(
    INSERT INTO surveys_answer (contribution_id, tenant_id, activity_id, version_id, channel, answers, counted, sent_at)
    VALUES (:id, :tenant, :activity, :version, :channel, :answers, :counted, :now))"};
const db::Query update_answer{"surveys.answer_change", R"(
    UPDATE surveys_answer SET version_id = :version, answers = :answers, counted = :counted
    WHERE contribution_id = :id)"};
const db::Query update_counted{"surveys.answer_counted", R"(
    UPDATE surveys_answer SET counted = :counted WHERE contribution_id = :id)"};
const db::Query delete_answer{"surveys.answer_drop", "DELETE FROM surveys_answer WHERE contribution_id = :id"};
const db::Query select_answer{"surveys.answer", R"(
    SELECT contribution_id, version_id, channel, answers, counted, sent_at FROM surveys_answer
    WHERE contribution_id = :id)"};
const db::Query select_of{"surveys.answer_of", R"(
    SELECT a.contribution_id, a.version_id, a.channel, a.answers, a.counted, a.sent_at
    FROM core_contribution c JOIN surveys_answer a ON a.contribution_id = c.id
    WHERE c.participant_id = :who AND c.activity_id = :activity AND c.state <> 'withdrawn'
    ORDER BY c.id DESC LIMIT 1)"};
const db::Query select_all_of{"surveys.answers_of", R"(
    SELECT a.activity_id, a.contribution_id, a.answers
    FROM core_contribution c JOIN surveys_answer a ON a.contribution_id = c.id
    WHERE c.participant_id = :who AND c.tenant_id = :tenant ORDER BY c.id)"};
const db::Query select_after{"surveys.answers_after", R"(
    SELECT a.contribution_id, v.number, a.channel, c.language, a.answers, a.sent_at
    FROM surveys_answer a JOIN surveys_version v ON v.id = a.version_id
    JOIN core_contribution c ON c.id = a.contribution_id
    WHERE a.activity_id = :activity AND a.contribution_id > :after AND c.state = 'published'
    ORDER BY a.contribution_id LIMIT :count)"};
// Nobody will confirm these any more, or their author took them back.
const db::Query select_gone{"surveys.answers_gone", R"(
    SELECT a.contribution_id FROM core_contribution c JOIN surveys_answer a ON a.contribution_id = c.id
    WHERE c.activity_id = :activity AND c.kind = 'answer' AND c.state = 'withdrawn')"};

const db::Query select_unsettled{"surveys.unsettled", R"(
    SELECT DISTINCT tenant_id, activity_id FROM surveys_answer WHERE counted = 0)"};

const db::Query insert_choice{"surveys.choice_add", R"(
    INSERT INTO surveys_choice (tenant_id, activity_id, item, contribution_id, cell)
    VALUES (:tenant, :activity, :item, :id, :cell) ON CONFLICT DO NOTHING)"};
const db::Query delete_choices{"surveys.choices_drop", "DELETE FROM surveys_choice WHERE contribution_id = :id"};
const db::Query insert_text{"surveys.text_add", R"(
    INSERT INTO surveys_text (tenant_id, activity_id, question, contribution_id, text)
    VALUES (:tenant, :activity, :question, :id, :text))"};
const db::Query delete_texts{"surveys.texts_drop", "DELETE FROM surveys_text WHERE contribution_id = :id"};
const db::Query delete_codings{"surveys.codings_drop", "DELETE FROM surveys_coding WHERE contribution_id = :id"};

void write_parts(db::Tx& tx, TenantId tenant, ActivityId activity, ContributionId id, const Questionnaire& asked,
                 const Values& values) {
    for (const auto& [item, cell] : crossable_of(asked, values))
        tx.exec(insert_choice, tenant, activity, item, id, cell);
    for (const auto& [question, text] : texts_of(asked, values))
        tx.exec(insert_text, tenant, activity, question, id, text);
}

void drop_parts(db::Tx& tx, ContributionId id) {
    tx.exec(delete_choices, id);
    tx.exec(delete_texts, id);
    tx.exec(delete_codings, id);
}

}  // namespace

void add_answer(db::Tx& tx, TenantId tenant, ActivityId activity, const Sent& sent, const Questionnaire& asked) {
    const auto values = sent.values();
    tx.exec(insert_answer, sent.id, tenant, activity, sent.version, sent.channel, sent.answers, sent.counted ? 1 : 0,
            sent.sent_at);
    write_parts(tx, tenant, activity, sent.id, asked, values);
    if (sent.counted)
        count_cells(tx, tenant, activity, sent.version, sent.channel, cells_of(asked, values), 1);
    else
        plan_tidying(tx, sent.sent_at);
}

void change_answer(db::Tx& tx, TenantId tenant, ActivityId activity, const Sent& before, const Sent& after,
                   const Questionnaire& asked) {
    if (before.counted)
        if (const auto version = find_version(tx, activity, before.version))
            count_cells(tx, tenant, activity, before.version, before.channel,
                        cells_of(parse_questionnaire(version->content), before.values()), -1);
    drop_parts(tx, before.id);
    tx.exec(update_answer, after.version, after.answers, before.counted ? 1 : 0, before.id);
    write_parts(tx, tenant, activity, before.id, asked, after.values());
    if (before.counted)
        count_cells(tx, tenant, activity, after.version, before.channel, cells_of(asked, after.values()), 1);
}

void drop_answer(db::Tx& tx, TenantId tenant, ActivityId activity, ContributionId id) {
    const auto sent = find_answer(tx, id);
    if (!sent) return;
    if (sent->counted)
        if (const auto version = find_version(tx, activity, sent->version))
            count_cells(tx, tenant, activity, sent->version, sent->channel,
                        cells_of(parse_questionnaire(version->content), sent->values()), -1);
    drop_parts(tx, id);
    tx.exec(delete_answer, id);
}

void settle(db::Tx& tx, TenantId tenant, ActivityId activity) {
    for (const auto id : tx.all<ContributionId>(select_gone, activity)) drop_answer(tx, tenant, activity, id);
    std::map<std::int64_t, Questionnaire> asked;
    for (const auto& d : differences(tx, activity)) {
        if (!asked.contains(d.version.value))
            if (const auto version = find_version(tx, activity, d.version))
                asked[d.version.value] = parse_questionnaire(version->content);
        count_cells(tx, tenant, activity, d.version, d.channel,
                    cells_of(asked[d.version.value], parse_values(d.answers)), d.sign);
        tx.exec(update_counted, d.sign > 0 ? 1 : 0, d.id);
    }
}

std::vector<Unsettled> unsettled(db::Tx& tx) { return tx.all<Unsettled>(select_unsettled); }

std::optional<Sent> find_answer(db::Tx& tx, ContributionId id) { return tx.one<Sent>(select_answer, id); }

std::optional<Sent> answer_of(db::Tx& tx, ActivityId activity, ParticipantId who) {
    return tx.one<Sent>(select_of, who, activity);
}

std::vector<OwnAnswer> answers_of(db::Tx& tx, TenantId tenant, ParticipantId who) {
    return tx.all<OwnAnswer>(select_all_of, who, tenant);
}

std::vector<Exported> answers_after(db::Tx& tx, ActivityId activity, ContributionId after, int count) {
    return tx.all<Exported>(select_after, activity, after, count);
}

}  // namespace mitwirken::surveys
