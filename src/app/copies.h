// Copies of an installation: database, files and key in one folder, made while it serves; and the way back.
// What must stay true: a folder with the wanted name is a whole copy, verified against its own list (contents.json); no
// file that the copied database names is removed while the copy is made; nothing that is there is ever overwritten.
#pragma once

#include <string>
#include <vector>

#include "app/program.h"

namespace mitwirken::app {

// Held while a copy is made; removal of files waits for it, also in other processes on the same data folder.
class CopyLock {
public:
    // Throws std::runtime_error when another copy is being made.
    explicit CopyLock(const Config& config);
    ~CopyLock();
    CopyLock(const CopyLock&) = delete;
    CopyLock& operator=(const CopyLock&) = delete;
    static bool is_held(const Config& config);

private:
    int descriptor_;
};

struct CopyReport {
    std::size_t files = 0;
    std::vector<std::string> problems;  // sentences: what was wrong in the installation already
};
CopyReport make_copy(Program& program, const std::string& folder);
// For the operators' page: when the last copy was made and verified, and what was wrong.
void note_copy(Program& program, const std::string& folder, const CopyReport& report);

// Verifies the copy and puts it into the empty data folder (and the empty database) the settings name.
void restore_copy(const Config& config, const std::string& folder);

// Database, audit chains, files; problems as sentences, empty when all is well.
std::vector<std::string> check_all(Program& program);

// "" or why there is nothing to work on: commands other than migrate must not make an empty installation by a slip.
std::string lacks_data(const Config& config);

}  // namespace mitwirken::app
