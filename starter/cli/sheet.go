package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"holdthering/screen"
)

// sheet is how a list is wanted: on the screen, or for a spreadsheet.
type sheet struct {
	format string
	asCSV  bool // by the switch that stood for it first
}

var sheetFormats = []string{formatTable, formatCSV}

func (s *sheet) bind(set *pflag.FlagSet) {
	set.StringVar(&s.format, "format", formatTable, "`format`: table (what fits the screen), or csv for a spreadsheet")
	set.BoolVar(&s.asCSV, "csv", false, "")
	hide(set, "csv")
}

func (s sheet) check() error {
	if !slices.Contains(sheetFormats, s.format) {
		return fmt.Errorf("--format is table or csv, not %q", screen.Clipped(s.format, 40))
	}
	return nil
}

func (s sheet) csv() bool { return s.asCSV || s.format == formatCSV }

// hide keeps flags that are still taken out of the help and of what the shell is offered.
func hide(set *pflag.FlagSet, names ...string) {
	for _, name := range names {
		set.Lookup(name).Hidden = true
	}
}
