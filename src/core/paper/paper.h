// PDF files of pages: sheets, brochures, posters. Made after the transaction, at most two at a time, and kept under the
// hash of their content.
#pragma once

#include <string>

#include "core/visit.h"
#include "platform/pdf/pdf.h"

namespace mitwirken::core {

// The PDF of a whole HTML document (the fonts of ours may stand in it). `begin` names the kept files of one kind; of
// these the `most_kept` newest stay. Ask pdf::available() before.
http::Response paper(Visit& visit, const std::string& document, const std::string& begin, const std::string& file_name,
                     std::size_t most_kept);

// ---- for those who make a PDF in a job of their own
std::optional<pdf::Resource> paper_font(const std::string& path);
std::string paper_folder(const std::string& data_folder);
void write_paper(const std::string& file, const std::string& bytes);

}  // namespace mitwirken::core
