// Uploads before the transaction, and what becomes of them in it; see attachments.h.
#include "core/attachments/attachments.h"
#include "core/visit.h"
#include "platform/base/text.h"

namespace mitwirken::core {

void take_files(Preparation& p, const std::string& role) {
    Problems problems;
    std::vector<NewAttachment> taken;
    for (const auto& upload : p.uploads) {
        if (upload.size == 0) continue;
        auto stored = p.take(upload, "files");
        if (!stored)
            problems.append(stored.problems());
        else
            taken.push_back({*stored, upload.file_name, "", "", role});
    }
    p.result = problems.any() ? TakenFiles(std::move(problems)) : TakenFiles(std::move(taken));
}

void keep_files(Visit& visit, const Ref& ref) {
    for (const auto& file : attachments(visit.tx, visit.tenant.id, ref)) {
        const std::string field = "file-" + std::to_string(file.id.value);
        if (visit.form[field + "-remove"] == "on")
            detach(visit.tx, visit.tenant.id, file.id, visit.now);
        else if (visit.form.has(field + "-title"))
            rename_attachment(visit.tx, visit.tenant.id, file.id,
                              first_letters(trimmed(visit.form[field + "-title"]), 200), file.alt);
    }
    if (const auto* files = visit.prepared<TakenFiles>(); files && *files)
        for (const auto& file : **files) attach(visit.tx, visit.tenant.id, ref, file, visit.actor.account, visit.now);
}

}  // namespace mitwirken::core
