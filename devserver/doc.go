// Command devserver is a real Temporal server with its web UI in one process, for one machine.
//
// History, visibility and namespaces live in one SQLite file, with its -wal and -shm companions:
// "database copy" makes one file of all three, also while the server runs. Nothing listens beyond the loopback interface. The flags are those of
// `temporal server start-dev`, so the SDK's testsuite.StartDevServer can drive it, and three more
// things hold that matter to cases that run for months:
//
//   - a namespace created here keeps closed runs for 1095 days, not for one;
//   - --time-skipping allows the skipping of time in the named namespaces, and only there;
//   - a database file with another schema is refused, because SQLite files are never migrated.
//
// It is a module of its own, so that the product does not carry the server's dependencies.
package main
