// Every fixed SQL statement of offers; lists with filters are in store_list.cpp.
#include <nlohmann/json.hpp>

#include "modules/offers/columns.h"
#include "modules/offers/offers.h"
#include "platform/base/free_key.h"
#include "platform/base/text.h"
#include "platform/i18n/sort_text.h"

namespace mitwirken::offers {

namespace {

const db::Query select_by_id{"offers.by_id", "SELECT " OFFERS_COLUMNS R"(
    FROM offers_offer o WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_by_key{"offers.by_key", "SELECT " OFFERS_COLUMNS R"(
    FROM offers_offer o WHERE tenant_id = :tenant AND key = :key)"};
const db::Query select_by_source{"offers.by_source", "SELECT " OFFERS_COLUMNS R"(
    FROM offers_offer o WHERE tenant_id = :tenant AND source_module = :module AND source_item = :item
        AND source_module <> '')"};
const db::Query select_all{"offers.all", "SELECT " OFFERS_COLUMNS R"(
    FROM offers_offer o WHERE tenant_id = :tenant ORDER BY id)"};
const db::Query select_tenant{"offers.tenant", "SELECT tenant_id FROM offers_offer WHERE id = :id"};
const db::Query select_withdrawn{"offers.withdrawn", "SELECT withdrawn FROM offers_offer WHERE id = :id"};
const db::Query update_withdrawn{"offers.set_withdrawn",
                                 "UPDATE offers_offer SET withdrawn = :withdrawn WHERE id = :id"};
const db::Query count_keys{"offers.key_taken",
                           "SELECT count(*) FROM offers_offer WHERE tenant_id = :tenant AND key = :key"};
const db::Query count_state{"offers.count_state", R"(
    SELECT count(*)
    FROM (SELECT 1 FROM offers_offer WHERE tenant_id = :tenant AND state = :state LIMIT 1001) AS counted)"};
const db::Query insert_offer{"offers.insert", R"(
    INSERT INTO offers_offer (tenant_id, key, state, organisation_id, title, title_en, summary, summary_en, body,
        results,
        permanent, starts_at, ends_at, when_text, how, external_url, lon, lat, place, contact_office, contact_email,
        contact_phone, links, image, image_alt, credit, publish_at, unpublish_at, changed_at, changed_by, source_module,
        source_item, sort_title)
    VALUES (:tenant, :key, :state, :organisation, :title, :title_en, :summary, :summary_en, :body, :results,
        :permanent, :starts, :ends, :when_text, :how, :external, :lon, :lat, :place, :office, :email,
        :phone, :links, :image, :image_alt, :credit, :publish, :unpublish, :now, :by, :source_module,
        :source_item, :sort_title)
    RETURNING id)"};
const db::Query update_offer{"offers.update", R"(
    UPDATE offers_offer SET state = :state, organisation_id = :organisation, title = :title, title_en = :title_en,
        summary = :summary, summary_en = :summary_en, body = :body, results = :results, permanent = :permanent,
        starts_at = :starts, ends_at = :ends, when_text = :when_text, how = :how, external_url = :external, lon = :lon,
        lat = :lat, place = :place, contact_office = :office, contact_email = :email, contact_phone = :phone,
        links = :links, image = :image, image_alt = :image_alt, credit = :credit, publish_at = :publish,
        unpublish_at = :unpublish, changed_at = :now, changed_by = :by, sort_title = :sort_title
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_of_person{"offers.of_person", R"(
    SELECT title, changed_at FROM offers_offer WHERE changed_by = :by ORDER BY id)"};
const db::Query update_person{"offers.forget_person", "UPDATE offers_offer SET changed_by = 0 WHERE changed_by = :by"};

struct OfPerson {
    std::string title;
    Timestamp changed_at;
};

// "angebot" for titles without a letter.
std::string key_for(db::Tx& tx, core::TenantId tenant, const std::string& title) {
    return free_key(title, "angebot",
                    [&](const std::string& key) { return tx.value<std::int64_t>(count_keys, tenant, key) > 0; });
}

}  // namespace

std::optional<Offer> find(db::Tx& tx, core::TenantId tenant, OfferId id) {
    return tx.one<Offer>(select_by_id, tenant, id);
}

std::optional<Offer> find(db::Tx& tx, core::TenantId tenant, const std::string& key) {
    return tx.one<Offer>(select_by_key, tenant, key);
}

std::optional<Offer> find_source(db::Tx& tx, core::TenantId tenant, const core::Ref& source) {
    return tx.one<Offer>(select_by_source, tenant, source.module, source.item);
}

std::optional<core::TenantId> tenant_of(db::Tx& tx, OfferId id) { return tx.one<core::TenantId>(select_tenant, id); }

OfferId add(db::Tx& tx, core::TenantId tenant, Offer offer, core::AccountId by, Timestamp now) {
    if (offer.key.empty()) offer.key = key_for(tx, tenant, offer.title);
    if (offer.links.empty()) offer.links = "[]";
    const Offer& o = offer;
    return tx.value<OfferId>(insert_offer, tenant, o.key, o.state, o.organisation, o.title, o.title_en, o.summary,
                             o.summary_en, o.body, o.results, o.permanent, o.starts_at, o.ends_at, o.when_text, o.how,
                             o.external_url, o.lon, o.lat, o.place, o.contact_office, o.contact_email, o.contact_phone,
                             o.links, o.image, o.image_alt, o.credit, o.publish_at, o.unpublish_at, now, by,
                             o.source_module, o.source_item, i18n::sort_text(o.title));
}

void save(db::Tx& tx, core::TenantId tenant, const Offer& o, core::AccountId by, Timestamp now) {
    tx.exec(update_offer, o.state, o.organisation, o.title, o.title_en, o.summary, o.summary_en, o.body, o.results,
            o.permanent, o.starts_at, o.ends_at, o.when_text, o.how, o.external_url, o.lon, o.lat, o.place,
            o.contact_office, o.contact_email, o.contact_phone, o.links, o.image, o.image_alt, o.credit, o.publish_at,
            o.unpublish_at, now, by, i18n::sort_text(o.title), tenant, o.id);
}

bool was_withdrawn(db::Tx& tx, OfferId id) { return tx.one<bool>(select_withdrawn, id).value_or(false); }
void set_withdrawn(db::Tx& tx, OfferId id, bool withdrawn) { tx.exec(update_withdrawn, withdrawn, id); }

std::int64_t count_of(db::Tx& tx, core::TenantId tenant, State state) {
    return tx.value<std::int64_t>(count_state, tenant, state);
}

void each(db::Tx& tx, core::TenantId tenant, const std::function<bool(Offer&&)>& use) {
    tx.each<Offer>(select_all, use, tenant);
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto list = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, account))
        list.push_back({{"offer", row.title}, {"changed", to_iso(row.changed_at)}});
    return list;
}

void forget_person(db::Tx& tx, core::AccountId account) { tx.exec(update_person, account); }

}  // namespace mitwirken::offers
