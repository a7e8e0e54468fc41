// Command bench measures what the product takes, on this machine and in one run: the history and the state of a
// case, what a rehearsal and the start of a command cost, what acts and mails cost beside what they would cost bare, and
// with -scale how a site bears many cases. It starts servers, workers and commands of its own, in
// a folder of its own, and prints a table with the goal of each row. CPU times are the least of several runs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// row is one line of the table.
type row struct {
	what, now, goal string
	missed          bool
}

// measure makes some rows of the table.
type measure struct {
	name string
	take func(context.Context, *bench) ([]row, error)
}

var measures = []measure{
	{"history", history},
	{"group", decade},
	{"notes", notes},
	{"rehearsal", rehearsals},
	{"stays", lengths},
	{"starter", starting},
	{"acts", acts},
	{"memory", memory},
	{"mails", mails},
	{"death", death},
}

// bench is where all is measured.
type bench struct {
	dir, programs string
	detail        bool
	heap          string
}

func main() {
	b := &bench{}
	only := flag.String("only", "", "names of measures, parted by commas; all when empty")
	flag.StringVar(&b.programs, "programs", "bin", "the folder of the built worker and starter")
	flag.BoolVar(&b.detail, "detail", false, "print what the histories are made of")
	flag.StringVar(&b.heap, "heap", "", "a folder for profiles of what holds the memory of open cases")
	nothing := flag.Bool("nothing", false, "end at once")
	bare := flag.String("skeleton", "", "work on skeletons at that server")
	scale := flag.Bool("scale", false, "measure many cases at once instead")
	var e extent
	flag.IntVar(&e.cases, "cases", 1000, "with -scale: how many open cases")
	flag.IntVar(&e.groups, "groups", 29, "with -scale: how many groups; 27 areas and 4 regions have one")
	flag.IntVar(&e.reminded, "reminded", 385, "with -scale: in how many of the cases reminders fall due at one moment; some 13 in each")
	flag.IntVar(&e.people, "people", 16, "with -scale: how many people act at once")
	in := flag.String("namespace", namespace, "with -skeleton: where")
	folder := flag.String("mails", "", "with -skeleton: where mails are kept")
	length := flag.Int("length", 0, "with -skeleton: of a mail, in bytes")
	flag.Parse()
	if *nothing {
		return
	}
	if *bare != "" {
		if err := bareWorker(*bare, *in, *folder, *length); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if *scale {
		measures = []measure{{"scale", e.scale}}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := b.run(ctx, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context, only string) error {
	dir, err := os.MkdirTemp("", "holdthering-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b.dir = dir
	if b.programs, err = filepath.Abs(b.programs); err != nil {
		return err
	}
	var table []row
	var failed error
	for _, m := range measures {
		if only != "" && !contains(only, m.name) {
			continue
		}
		began := time.Now()
		rows, err := m.take(ctx, b)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", m.name, err))
			rows = append(rows, row{m.name, "not measured", "", true})
		}
		table = append(table, rows...)
		fmt.Fprintf(os.Stderr, "%-10s %s\n", m.name, time.Since(began).Round(time.Second))
	}
	fmt.Print(printed(table))
	return failed
}

func contains(list, name string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one == name {
			return true
		}
	}
	return false
}

// printed is the table in Markdown.
func printed(rows []row) string {
	var out strings.Builder
	out.WriteString("| What | Now | Goal |\n|---|---|---|\n")
	for _, r := range rows {
		now := r.now
		if r.missed {
			now += " (missed)"
		}
		fmt.Fprintf(&out, "| %s | %s | %s |\n", r.what, now, r.goal)
	}
	return out.String()
}

// limit is a row with one number.
func limit(what string, now, most float64, format string) row {
	return row{what, fmt.Sprintf(format, now), "<= " + fmt.Sprintf(format, most), now > most}
}
