// A published picture that shows less than what was handed in: the attachment keeps its row, title and place, but gets
// another file under another address; the old address answers nobody. The first original is kept apart.
// Invariants: an original is served by the desk's own route only, never under /dateien; it goes when the attachment
// goes; covered a second time, the original stays the first one.
#pragma once

#include <optional>

#include "core/attachments/attachments.h"

namespace mitwirken::core {

struct PictureOriginal {
    std::string key, type;
    Timestamp at{};  // when it was covered first
};
void replace_picture(db::Tx& tx, TenantId tenant, const Attachment& picture, const files::Stored& stored,
                     Timestamp now);
std::optional<PictureOriginal> find_picture_original(db::Tx& tx, TenantId tenant, AttachmentId id);
std::optional<Attachment> find_attachment(db::Tx& tx, TenantId tenant, AttachmentId id);

}  // namespace mitwirken::core
