// Rows of files that belong to something; see attachments.h.
#include <algorithm>

#include "core/attachments/attachments.h"
#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::core {

namespace {

const db::Query insert_attachment{"core.attachment_insert", R"(
    INSERT INTO core_attachment (tenant_id, module, item, role, key, name, title, alt, type, extension, sha256, size,
        width, height, position, created_by, created_at)
    VALUES (:tenant, :module, :item, :role, :key, :name, :title, :alt, :type, :extension, :sha256, :size, :width,
        :height,
        (SELECT COALESCE(MAX(position), 0) + 1 FROM core_attachment
         WHERE tenant_id = :tenant2 AND module = :module2 AND item = :item2), :by, :now)
    RETURNING id)"};
const db::Query select_attachments{"core.attachments", R"(
    SELECT id, module, item, role, key, name, title, alt, type, extension, sha256, size, width, height, position
    FROM core_attachment WHERE tenant_id = :tenant AND module = :module AND item = :item ORDER BY position, id)"};
const db::Query select_attachment{"core.attachment_by_key", R"(
    SELECT id, module, item, role, key, name, title, alt, type, extension, sha256, size, width, height, position
    FROM core_attachment WHERE tenant_id = :tenant AND key = :key)"};
const db::Query update_attachment{"core.attachment_rename", R"(
    UPDATE core_attachment SET title = :title, alt = :alt WHERE tenant_id = :tenant AND id = :id)"};
const db::Query delete_attachment{"core.attachment_delete", R"(
    DELETE FROM core_attachment WHERE tenant_id = :tenant AND id = :id RETURNING key)"};

const db::Query select_all{"core.attachments_all", R"(
    SELECT id, module, item, role, key, name, title, alt, type, extension, sha256, size, width, height, position
    FROM core_attachment ORDER BY id)"};

}  // namespace

std::string Attachment::url() const { return "/dateien/" + key + "/" + escape_url(name); }

std::string Attachment::words() const {
    for (const auto& accepted : files::accepted_types())
        if (accepted.type == type) return accepted.words;
    return extension.empty() ? type : extension.substr(1);
}

AttachmentId attach(db::Tx& tx, TenantId tenant, const Ref& ref, const NewAttachment& file, AccountId by,
                    Timestamp now) {
    const auto& s = file.stored;
    return tx.value<AttachmentId>(insert_attachment, tenant, ref.module, ref.item, file.role, s.key, file.name,
                                  file.title, file.alt, s.type, s.extension, s.sha256,
                                  static_cast<std::int64_t>(s.size), std::int64_t{s.width}, std::int64_t{s.height},
                                  tenant, ref.module, ref.item, by, now);
}

std::vector<Attachment> attachments(db::Tx& tx, TenantId tenant, const Ref& ref) {
    return tx.all<Attachment>(select_attachments, tenant, ref.module, ref.item);
}

std::optional<Attachment> find_attachment(db::Tx& tx, TenantId tenant, const std::string& key) {
    return tx.one<Attachment>(select_attachment, tenant, key);
}

void rename_attachment(db::Tx& tx, TenantId tenant, AttachmentId id, const std::string& title, const std::string& alt) {
    tx.exec(update_attachment, title, alt, tenant, id);
}

void each_attachment(db::Tx& tx, const std::function<void(const Attachment&)>& use) {
    tx.each<Attachment>(select_all, [&](Attachment&& file) {
        use(file);
        return true;
    });
}

void detach(db::Tx& tx, TenantId tenant, AttachmentId id, Timestamp now) {
    const auto key = tx.one<std::string>(delete_attachment, tenant, id);
    if (key) jobs::enqueue(tx, {.kind = "files.remove", .payload = *key, .run_at = now, .tenant = tenant.value}, now);
}

}  // namespace mitwirken::core
