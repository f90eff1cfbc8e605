// See documents.h.
#include <map>

#include "modules/procedures/documents.h"

namespace mitwirken::procedures {

namespace {

const db::Query select_documents{"procedures.documents", R"(
    SELECT id, title, position, removed_at FROM procedures_document
    WHERE procedure_id = :procedure AND (:removed = 1 OR removed_at IS NULL) ORDER BY position, id)"};
const db::Query select_document{"procedures.document", R"(
    SELECT id, title, position, removed_at FROM procedures_document WHERE id = :id AND procedure_id = :procedure)"};
const db::Query select_versions{"procedures.document_versions", R"(
    SELECT v.document_id, v.number, v.attachment_id, v.note, v.at FROM procedures_document_version AS v
    JOIN procedures_document AS d ON d.id = v.document_id
    WHERE d.procedure_id = :procedure ORDER BY v.document_id, v.number DESC)"};
const db::Query insert_document{"procedures.document_insert", R"(
    INSERT INTO procedures_document (tenant_id, procedure_id, title, position)
    VALUES (:tenant, :procedure, :title,
      (SELECT COALESCE(max(position), 0) + 1 FROM procedures_document WHERE procedure_id = :procedure)) RETURNING id)"};
const db::Query insert_version{"procedures.document_version_insert", R"(
    INSERT INTO procedures_document_version (document_id, number, attachment_id, note, at)
    VALUES (:document,
      (SELECT COALESCE(max(number), 0) + 1 FROM procedures_document_version WHERE document_id = :document),
      :attachment, :note, :at))"};
const db::Query update_document{"procedures.document_save", R"(
    UPDATE procedures_document SET title = :title, position = :position, removed_at = :removed WHERE id = :id)"};

}  // namespace

std::vector<DocumentWithFiles> documents_of(db::Tx& tx, core::TenantId tenant, const core::ProcedureRecord& procedure,
                                            bool removed_too) {
    std::vector<DocumentWithFiles> list;
    for (auto& document : tx.all<Document>(select_documents, procedure.id, removed_too))
        list.push_back({std::move(document), {}});
    if (list.empty()) return list;
    std::map<std::int64_t, core::Attachment> files;
    for (auto& file : core::attachments(tx, tenant, procedure.ref())) files[file.id.value] = std::move(file);
    for (auto& version : tx.all<DocumentVersion>(select_versions, procedure.id)) {
        const auto file = files.find(version.attachment.value);
        if (file == files.end()) continue;
        for (auto& one : list)
            if (one.document.id == version.document) one.versions.push_back({version, file->second});
    }
    std::erase_if(list, [](const auto& one) { return one.versions.empty(); });
    return list;
}

std::optional<Document> find_document(db::Tx& tx, core::ProcedureId procedure, DocumentId id) {
    return tx.one<Document>(select_document, id, procedure);
}

DocumentId add_document(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, const std::string& title) {
    return tx.value<DocumentId>(insert_document, tenant, procedure, title);
}

void add_version(db::Tx& tx, DocumentId document, core::AttachmentId file, const std::string& note, Timestamp now) {
    tx.exec(insert_version, document, file, note, now);
}

void save_document(db::Tx& tx, const Document& d) { tx.exec(update_document, d.title, d.position, d.removed_at, d.id); }

}  // namespace mitwirken::procedures
