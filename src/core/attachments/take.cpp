// Uploads before the transaction; see attachments.h.
#include "core/attachments/attachments.h"
#include "core/visit.h"

namespace mitwirken::core {

void take_files(Preparation& p, const std::string& role) {
    Problems problems;
    std::vector<NewAttachment> taken;
    for (const auto& upload : p.uploads) {
        if (upload.size == 0) continue;
        auto stored = p.house.files->take(upload.path, "files");
        if (!stored)
            problems.append(stored.problems());
        else
            taken.push_back({*stored, upload.file_name, "", "", role});
    }
    if (!problems.any()) {
        p.result = TakenFiles(std::move(taken));
        return;
    }
    for (const auto& file : taken) p.house.files->remove(file.stored.key);
    p.result = TakenFiles(std::move(problems));
}

}  // namespace mitwirken::core
