// Inside this folder: copies of a PostgreSQL database by its own programs, pg_dump and pg_restore.
// Invariant: a password is never seen in the list of processes; a file with the wanted name is a whole copy.
#pragma once

#include <string>

namespace mitwirken::db {

void dump_postgresql(const std::string& url, const std::string& file);
// All or nothing; throws when the database holds a table already.
void restore_postgresql(const std::string& url, const std::string& file);

}  // namespace mitwirken::db
