package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"

	"holdthering/launch/server"
)

// sheet is the directory of contacts as people keep it in a spreadsheet: saved again and again, each
// time as another program would, and in place, so that a worker may read it half written.
type sheet struct {
	path string
	rows [][]string
	away map[string]bool     // addresses of leads that are away
	of   map[string][]string // a party's addresses
	now  time.Time           // the cases'
}

// The columns of the file.
const (
	partyColumn = iota
	nameColumn
	dutyColumn
	leadColumn
	deputyColumn
	executiveColumn
	fromColumn
	toColumn
)

// newSheet is the shipped directory where half of the parties have no duty desk, so that their lead is
// written to, and a third of the leads are away, so that who stands in for them is.
func newSheet(path string, now time.Time) (*sheet, error) {
	root, err := server.Root()
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(filepath.Join(root, "data", "directory.csv"))
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		return nil, err
	}
	s := &sheet{path: path, rows: rows, away: map[string]bool{}, of: map[string][]string{}, now: now}
	for _, r := range rows[1:] {
		h := fnv.New64a()
		fmt.Fprint(h, r[partyColumn])
		chance := rand.New(rand.NewPCG(1, h.Sum64()))
		if chance.IntN(2) == 0 {
			r[dutyColumn] = ""
		}
		switch chance.IntN(3) {
		case 0:
			r[fromColumn], r[toColumn] = "-2", "10" // days from today
			s.away[r[leadColumn]] = true
		case 1:
			r[fromColumn], r[toColumn] = "20", "30"
		}
		s.of[r[partyColumn]] = r[dutyColumn : executiveColumn+1]
	}
	return s, s.save(0)
}

// dialect is how a program saves the file.
type dialect struct {
	separator rune
	newline   string
	day       string // the form of a date; empty: the number that a spreadsheet counts
	encode    func(string) []byte
}

func bom(s string) []byte { return []byte("\ufeff" + s) }

func utf16le(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

func plain(s string) []byte { return []byte(s) }

var dialects = []dialect{
	{',', "\n", "2006-01-02", plain},
	{';', "\r\n", "02/01/2006", bom},
	{'\t', "\r\n", "2 Jan 2006", utf16le},
	{',', "\r\n", "", bom},
	{';', "\n", "2-Jan-06", plain},
	{',', "\r", "02.01.2006", plain},
}

// save writes the file as the n-th dialect has it, in two parts.
func (s *sheet) save(n int) error {
	d := dialects[n%len(dialects)]
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = d.separator
	for i, r := range s.rows {
		r = append([]string(nil), r...)
		for _, c := range []int{fromColumn, toColumn} {
			if days := 0; i > 0 && r[c] != "" {
				if _, err := fmt.Sscan(r[c], &days); err != nil {
					return err
				}
				r[c] = d.date(s.now.AddDate(0, 0, days))
			}
		}
		if err := w.Write(r); err != nil {
			return err
		}
	}
	for range 3 { // what a spreadsheet takes for rows
		if err := w.Write(make([]string, len(s.rows[0]))); err != nil {
			return err
		}
	}
	w.Flush()
	raw := d.encode(strings.ReplaceAll(b.String(), "\n", d.newline))
	f, err := os.OpenFile(s.path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(raw[:len(raw)/3]); err != nil {
		return err
	}
	if n > 0 {
		time.Sleep(20 * time.Millisecond)
	}
	_, err = f.Write(raw[len(raw)/3:])
	return err
}

func (d dialect) date(t time.Time) string {
	if d.day != "" {
		return t.Format(d.day)
	}
	return fmt.Sprint(int(t.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
}

// keep saves the file every few seconds until ctx ends.
func (s *sheet) keep(ctx context.Context) error {
	for n := 1; pause(ctx, 4*time.Second); n++ {
		if err := s.save(n); err != nil {
			return err
		}
	}
	return nil
}
