package main

import (
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
)

// copyDatabase is "database copy --db-filename FILE --to FILE": the database as it stands at one
// moment, with what its journal holds, in one new file. A server may be running on it.
func copyDatabase(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("devserver database copy", flag.ContinueOnError)
	flags.SetOutput(out)
	from := flags.String("db-filename", "", "SQLite file to copy")
	to := flags.String("to", "", "file that is not there yet")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *from == "" || *to == "" || flags.NArg() > 0 {
		return errors.New("database copy needs --db-filename and --to, and nothing else")
	}
	if _, err := os.Stat(*from); err != nil {
		return err
	}
	if _, err := os.Lstat(*to); err == nil {
		return fmt.Errorf("%s is there already", *to)
	}
	if err := vacuumInto(*from, *to); err != nil {
		return errors.Join(err, os.RemoveAll(*to))
	}
	return nil
}

func vacuumInto(from, to string) error {
	// The wait is for a server that writes at this moment.
	address := url.URL{Scheme: "file", Opaque: (&url.URL{Path: from}).EscapedPath(),
		RawQuery: "mode=rw&_pragma=busy_timeout(30000)"}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec("VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	return whole(to)
}

// whole looks the copy over.
func whole(path string) error {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=rw")
	if err != nil {
		return err
	}
	defer db.Close()
	var says string
	if err := db.QueryRow("PRAGMA quick_check(1)").Scan(&says); err != nil {
		return err
	}
	if says != "ok" {
		return fmt.Errorf("the copy of the database is broken: %s", says)
	}
	return os.Chmod(path, 0o600)
}
