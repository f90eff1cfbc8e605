// Names of the database floor for headers that only pass them on.
#pragma once

namespace mitwirken::db {
class Database;
class Query;
class Tx;
}  // namespace mitwirken::db
