package cli

import (
	"holdthering/activities/mail/outbox"
	"holdthering/backup"
	"holdthering/erasure"
	"holdthering/record"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
	"holdthering/register"
	"holdthering/rehearsal"
	"holdthering/version"
)

// Shape is what a command answers with --json.
type Shape struct {
	Command string // its words; empty for every act
	// Of are values of the types that it may answer with; When says of each but the first where.
	Of   []any
	When []string
}

func one(command string, of any) Shape { return Shape{Command: command, Of: []any{of}} }

// Shapes are what each command answers with --json, and at the end what any may answer in its place. docs/json.md is
// made of them.
func Shapes() []Shape {
	return []Shape{
		{"", []any{done{}, doneInGroup{}, outlook{}, passings{}}, []string{"in a group", "with --dry-run", "with --all"}},
		one("desk", deskAt{}),
		{"list", []any{[]listed{}, owesView{}}, []string{"with --owes"}},
		one("show", view{}),
		one("owes", owesView{}),
		one("contacts", []contactLine{}),
		one("timetable", []coming{}),
		{"why", []any{ledger.Explanation{}, askable{}}, []string{"of a whole case"}},
		one("record", record.Document{}),
		one("record erase", erasure.Entry{}),
		one("record verify", register.Verified{}),
		one("revive", revived{}),
		{"outbox", []any{[]outbox.Entry{}, outbox.Mail{}}, []string{"of one mail"}},
		one("ring show", ringView{}),
		one("action list", []listedAction{}),
		one("group list", []listedGroup{}),
		one("group show", groupView{}),
		one("group agenda", []surveillance.AgendaItem{}),
		one("group timetable", []coming{}),
		one("group log", words.Table{}),
		one("group file", record.GroupDocument{}),
		{"group why", []any{ledger.Explanation{}, askable{}}, []string{"of a whole group"}},
		one("group sources", []surveillance.ProtectedSource{}),
		one("group contacts", []contactLine{}),
		one("group start", []begun{}),
		one("group revive", revived{}),
		one("providers", []regime.Provider{}),
		{"bodies", []any{[]regime.BodyRow{}, []reference.AreaTeam{}, []reference.Region{}},
			[]string{"with --areas", "with --areas, where they are regions"}},
		one("powers", []regime.PowerRow{}),
		one("directory check", checked{}),
		one("directory changes", []changed{}),
		one("notice list", []noticeKind{}),
		one("notice preview", preview{}),
		one("notice check", sound{}),
		one("notice copy", map[string]string{}),
		one("codec", codecAt{}),
		{"restored", []any{afterRestore{}, backup.Mark{}}, []string{"with --send or --went"}},
		one("doctor", diagnosis{}),
		one("version", version.Info{}),
		one("commands", []commandLine{}),
		one("rehearse", rehearsal.Report{}),
		one("play", rehearsal.Report{}),
	}
}

// Fault is what any command answers with --json where it does not do what was asked.
func Fault() any { return failed{} }
