// What the running program consists of; made once in app, handed to every visit and job. No globals.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/access/access.h"
#include "core/access/throttle.h"
#include "core/manifest.h"
#include "core/memory.h"
#include "core/versions.h"
#include "platform/base/time.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"
#include "platform/files/files.h"
#include "platform/geo/geocoder.h"
#include "platform/geo/tiles.h"
#include "platform/html/html.h"
#include "platform/http/events.h"

namespace mitwirken::core {

struct PageHead;

struct House {
    db::Database* database = nullptr;
    const Clock* clock = nullptr;
    files::Store* files = nullptr;
    http::EventHub* events = nullptr;
    geo::TileCache* tiles = nullptr;
    geo::Geocoder* geocoder = nullptr;  // none when the operator has named no service
    jobs::Runner* jobs = nullptr;
    crypto::Key key{};
    std::string data_folder;
    std::string mail_outbox;  // folder; "" when an SMTP server is configured
    std::vector<Manifest> modules;
    std::unique_ptr<Access> access;
    mutable Versions versions;  // raising a counter changes no part of the house
    mutable Memory memory;
    mutable Throttles throttles;
    // Puts a page into the layout; set by app (the layout is not core's business).
    std::function<http::Response(Visit&, const PageHead&, const html::SafeHtml& content)> layout;

    std::function<http::Response(Visit&, int status, const Message& reason)> error_page;

    const Manifest& module(std::string_view name) const;
    // Hands a fact to every module that listens, in the same transaction.
    void publish(db::Tx& tx, TenantId tenant, const DomainEvent& event, Timestamp now) const;
};

}  // namespace mitwirken::core
