// Files that belong to an item of any module, served under /dateien/{key}/{name}. Whether one may be read is asked of
// the module at every request (Manifest::visible): a file of an unpublished item is reachable by nobody without the
// right, also not by its address.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"
#include "platform/files/files.h"

namespace mitwirken::core {

struct Attachment {
    AttachmentId id;
    std::string module;
    std::int64_t item = 0;
    std::string role;  // "material", "document", "image": what it is for, decided by the module
    std::string key;   // address and place in the store
    std::string name;  // as shown and downloaded: "leitfaden.pdf"
    std::string title, alt, type, extension, sha256;
    std::int64_t size = 0, width = 0, height = 0, position = 0;
    std::string url() const;
    // "PDF, 1,2 MB" is made by the page; this is the short type: "PDF".
    std::string words() const;
};

// What an upload became in a route's prepare function; the row is written in the handler's transaction.
struct NewAttachment {
    files::Stored stored;
    std::string name, title, alt, role;
};

// For a route's prepare function: every file of the form field "files" is checked and stored. prepared<TakenFiles>() is
// then the list, or what was wrong. Nothing is kept unless the form is done.
class Preparation;
class Visit;
using TakenFiles = Result<std::vector<NewAttachment>>;
void take_files(Preparation& preparation, const std::string& role);
// Does what the file part of a form says (FormView::files): new titles, removals, and attaches what was taken.
void keep_files(Visit& visit, const Ref& ref);

AttachmentId attach(db::Tx& tx, TenantId tenant, const Ref& ref, const NewAttachment& file, AccountId by,
                    Timestamp now);
std::vector<Attachment> attachments(db::Tx& tx, TenantId tenant, const Ref& ref);
std::optional<Attachment> find_attachment(db::Tx& tx, TenantId tenant, const std::string& key);
void rename_attachment(db::Tx& tx, TenantId tenant, AttachmentId id, const std::string& title, const std::string& alt);
// Every file of every tenant, for "mitwirken check".
void each_attachment(db::Tx& tx, const std::function<void(const Attachment&)>& use);
// The row goes now, the file by a job after the commit.
void detach(db::Tx& tx, TenantId tenant, AttachmentId id, Timestamp now);

}  // namespace mitwirken::core
