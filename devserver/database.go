package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"go.temporal.io/server/common/config"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"
)

// retention is how long the history of a closed run is kept. A case closes a run each time that it
// continues as new, so the default of a day would lose the first month in the second.
const retention = 1095 * 24 * time.Hour

// memoryDatabase names the database in memory; several servers in one process would share it.
var memoryDatabase = "devserver-" + strconv.Itoa(os.Getpid())

func sqlConfig(opts options) *config.SQL {
	cfg := &config.SQL{PluginName: sqliteplugin.PluginName, DatabaseName: opts.dbFile}
	if opts.dbFile == "" {
		cfg.DatabaseName = memoryDatabase
		cfg.ConnectAttributes = map[string]string{"mode": "memory", "cache": "shared"}
		return cfg
	}
	cfg.ConnectAttributes = map[string]string{
		"mode":         "rwc",
		"journal_mode": "wal",
		"synchronous":  "2", // FULL: what was acknowledged survives a loss of power
	}
	return cfg
}

// prepareDatabase makes the file when it is missing, checks its schema when it is not, and creates
// the namespaces that it has not got.
func prepareDatabase(opts options, cfg *config.SQL) error {
	if opts.dbFile != "" {
		if err := prepareFile(opts.dbFile); err != nil {
			return err
		}
	}
	var missing []*sqlite.NamespaceConfig
	for _, name := range opts.namespaces {
		ns, err := sqlite.NewNamespaceConfig(clusterName, name, false, opts.searchAttributes)
		if err != nil {
			return fmt.Errorf("namespace %s: %w", name, err)
		}
		ns.Detail.Config.Retention = durationpb.New(retention)
		missing = append(missing, ns)
	}
	return sqlite.CreateNamespaces(cfg, missing...)
}

func prepareFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := claim(path); err != nil {
		return err
	}
	switch _, err := os.Stat(path); {
	case err == nil:
		return checkSchema(path)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	// Made beside and renamed, so that a stop half-way leaves no half a schema behind.
	fresh := path + ".new"
	if err := createSchema(fresh); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a folder's names durable; Windows has no such call.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func createSchema(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return sqlite.SetupSchema(&config.SQL{
		PluginName:        sqliteplugin.PluginName,
		DatabaseName:      path,
		ConnectAttributes: map[string]string{"mode": "rwc"},
	})
}

// checkSchema refuses a file whose tables are not those that this server would make: one of
// another version of the server, or no Temporal database at all.
func checkSchema(path string) error {
	dir, err := os.MkdirTemp("", "devserver-schema-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fresh := filepath.Join(dir, "fresh.db")
	if err := createSchema(fresh); err != nil {
		return err
	}
	want, err := schema(fresh)
	if err != nil {
		return err
	}
	got, err := schema(path)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			return fmt.Errorf("%s belongs to another version of the server (%s differs); "+
				"keep it for that version and name another file with --db-filename", path, name)
		}
	}
	return nil
}

// schema reads the statement that made each table, index and trigger of an SQLite file.
func schema(path string) (map[string]string, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=rw")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.Query(`SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master`)
	if err != nil {
		return nil, fmt.Errorf("%s is not readable as an SQLite database: %w", path, err)
	}
	defer rows.Close()
	statements := map[string]string{}
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			return nil, err
		}
		statements[name] = statement
	}
	return statements, rows.Err()
}
