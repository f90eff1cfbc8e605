// What a file is, by its bytes. libmagic gives the first word; the second look is ours where libmagic is content with a
// few letters: office files are opened as what they say they are, a PDF must begin and end as one.
// Invariant: what two programs could read as two different things (polyglots) and what can carry macros is refused.
#pragma once

#include <string>

#include "platform/base/message.h"

namespace mitwirken::files {

struct Recognized {
    std::string type;  // one of accepted_types(), "" = refused
    Message refusal;   // why, for a person
};

Recognized recognize(const std::string& path);

// Zip files that are what Word, Excel, PowerPoint or LibreOffice write (used by recognize).
Recognized recognize_office(const std::string& path);

}  // namespace mitwirken::files
