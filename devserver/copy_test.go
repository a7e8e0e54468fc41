package main

import (
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestACopyHoldsWhatStandsInTheJournalAlone(t *testing.T) {
	from := filepath.Join(t.TempDir(), "a site's cases.db")
	db, err := sql.Open("sqlite", from)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // still open while the copy is made, as a server's is
	db.SetMaxOpenConns(1)
	for _, statement := range []string{"PRAGMA journal_mode=wal", "PRAGMA wal_autocheckpoint=0",
		"CREATE TABLE cases (ref TEXT)", "INSERT INTO cases VALUES ('A'), ('B')"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(from + "-wal"); err != nil || info.Size() == 0 {
		t.Fatalf("nothing stands in the journal: %v", err)
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	args := []string{"--db-filename", from, "--to", to}
	if err := copyDatabase(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	copied, err := sql.Open("sqlite", to)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	var n int
	if err := copied.QueryRow("SELECT count(*) FROM cases").Scan(&n); err != nil || n != 2 {
		t.Errorf("%d cases, %v", n, err)
	}
	if err := copyDatabase(args, io.Discard); err == nil {
		t.Error("it replaces a file")
	}
	args[1] = filepath.Join(t.TempDir(), "none.db")
	if err := copyDatabase(args, io.Discard); err == nil {
		t.Error("it copies what is not there")
	}
}
