// See sent_file.h.
#include "core/attachments/sent_file.h"

#include <fstream>

namespace mitwirken::core {

std::optional<SentFile> sent_file(const Preparation& p, std::uint64_t most_bytes) {
    if (p.uploads.empty()) return {};
    const auto& upload = p.uploads.front();
    SentFile file{"", upload.size > most_bytes};
    if (!file.too_large) {
        std::ifstream in(upload.path, std::ios::binary);
        file.bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    return file;
}

const SentFile* need_text_file(Visit& visit, Problems& problems, const char* field) {
    const auto* file = visit.prepared<SentFile>();
    if (!file)
        problems.add(field, tr_noop("Please choose a file."));
    else if (file->too_large)
        problems.add(field, tr_noop("The file is larger than 10 MB."));
    return file && !file->too_large ? file : nullptr;
}

}  // namespace mitwirken::core
