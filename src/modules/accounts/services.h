// Signing in by another service (OpenID Connect): its settings, the way there and back.
// Invariants: who somebody is to us is (issuer, subject) and nothing else; an address that comes along links no
// accounts; the secrets of an attempt travel sealed in this browser's cookie, and each is answered once; nothing but
// our own pages is returned to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/visit.h"
#include "platform/oidc/oidc.h"

namespace mitwirken::accounts {

struct Service {
    std::int64_t id = 0;
    std::string key, label, issuer, client_id, secret_sealed, scopes, verified_claim;
    bool active = true;
};

// ---- rules
// Fields: label, issuer, client_id, scopes, verified_claim, active.
Result<Service> check_service(const Form& form);
// Does this token show that somebody lives here?
bool shows_residence(const Service& service, const std::string& claims);
Message sentence_of(oidc::Refusal refusal);

// ---- services_store.cpp
std::vector<Service> services(db::Tx& tx, core::TenantId tenant);
std::optional<Service> find_service(db::Tx& tx, core::TenantId tenant, const std::string& key);
void save_service(db::Tx& tx, core::TenantId tenant, const Service& service);  // id 0: a new one
void delete_service(db::Tx& tx, core::TenantId tenant, const std::string& key);
// The first answer to this state? Later ones are refused.
bool answer_once(db::Tx& tx, const std::string& state, Timestamp expires);
bool was_answered(db::Tx& tx, const std::string& state);
void forget_answered(db::Tx& tx, Timestamp now);

// ---- service_pages.cpp: to the service and back
void prepare_departure(core::Preparation& preparation);
http::Response departure(core::Visit& visit);
void prepare_arrival(core::Preparation& preparation);
http::Response arrival(core::Visit& visit);
http::Response unlink_service(core::Visit& visit);
// For the sign-in page: the address of each active service.
std::vector<std::pair<std::string, Service>> ways_in(core::Visit& visit, const std::string& back);

// ---- service_settings.cpp
http::Response services_page(core::Visit& visit);
http::Response service_page(core::Visit& visit);
http::Response new_service_page(core::Visit& visit);
http::Response save_service_page(core::Visit& visit);
http::Response add_service_page(core::Visit& visit);
http::Response remove_service(core::Visit& visit);

}  // namespace mitwirken::accounts
