// Documents of a procedure, each with its versions: a new one replaces the shown one, older ones stay reachable under
// their own address. Files are attachments of the procedure with the role "document".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/attachments/attachments.h"
#include "core/procedures/records.h"
#include "platform/db/db.h"

namespace mitwirken::procedures {

using DocumentId = Id<struct DocumentTag>;

struct DocumentVersion {  // newest first
    DocumentId document;
    std::int64_t number = 0;
    core::AttachmentId attachment;
    std::string note;
    Timestamp at{};
};
struct Document {
    DocumentId id;
    std::string title;
    std::int64_t position = 0;
    std::optional<Timestamp> removed_at;
};
struct DocumentWithFiles {
    Document document;
    struct Entry {
        DocumentVersion version;
        core::Attachment file;
    };
    std::vector<Entry> versions;  // newest first, never empty
};
// In their order; those that were taken off only when asked for.
std::vector<DocumentWithFiles> documents_of(db::Tx& tx, core::TenantId tenant, const core::ProcedureRecord& procedure,
                                            bool removed_too);
std::optional<Document> find_document(db::Tx& tx, core::ProcedureId procedure, DocumentId id);
DocumentId add_document(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, const std::string& title);
void add_version(db::Tx& tx, DocumentId document, core::AttachmentId file, const std::string& note, Timestamp now);
void save_document(db::Tx& tx, const Document& document);

}  // namespace mitwirken::procedures
