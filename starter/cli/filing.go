package cli

import (
	"strings"

	"holdthering/regime/calendar"
	"holdthering/workflows"
)

// filingWords say what is wrong with a record on file, and what to do; empty where nothing is.
func filingWords(f workflows.Filing) string {
	switch f.Trouble() {
	case workflows.TroubleRecord:
		return "Its record cannot be put on file since " + calendar.Instant(f.Failing) + ". " + troubleDo[f.Trouble()]
	case workflows.TroubleFolders:
		return "On " + calendar.Instant(f.Apart) + " its record was put on file in another folder than before, where it " +
			"is now out of date. " + troubleDo[f.Trouble()]
	}
	return ""
}

var troubleDo = map[string]string{
	workflows.TroubleRecord: "The worker's log says why: mostly the disk is full, or the folder of HTR_RECORDS " +
		"is not the worker's to write. It is tried again every hour.",
	workflows.TroubleFolders: "Give all workers one folder by HTR_RECORDS.",
}

// filingLines stand under a list: which records are not on file as they should be.
func filingLines(troubles map[string][]string, width int) []string {
	var out []string
	for _, t := range []struct{ code, says string }{
		{workflows.TroubleRecord, "RECORD NOT ON FILE"}, {workflows.TroubleFolders, "RECORD IN TWO FOLDERS"},
	} {
		if names := troubles[t.code]; len(names) > 0 {
			out = append(out, "")
			out = append(out, wrapped(t.says+": "+strings.Join(names, ", ")+". "+troubleDo[t.code], width)...)
		}
	}
	return out
}
