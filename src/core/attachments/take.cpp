// Uploads before the transaction; see attachments.h.
#include "core/attachments/attachments.h"
#include "core/visit.h"

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

}  // namespace mitwirken::core
