package cli

import (
	"strings"

	"holdthering/message"
	"holdthering/regime/calendar"
	"holdthering/screen"
)

// filingWords say what is wrong with a record on file, and what to do; empty where nothing is.
func filingWords(f message.Filing) string {
	switch f.Trouble() {
	case message.TroubleRecord:
		return "Its record cannot be put on file since " + calendar.Instant(f.Failing) + ". " + troubleDo[f.Trouble()]
	case message.TroubleFolders:
		return "On " + calendar.Instant(f.Apart) + " its record was put on file in another folder than before, where it " +
			"is now out of date. " + troubleDo[f.Trouble()]
	}
	return ""
}

var troubleDo = map[string]string{
	message.TroubleRecord: "The worker's log says why: mostly the disk is full, or the folder of HTR_RECORDS " +
		"is not the worker's to write. It is tried again every hour.",
	message.TroubleFolders: "Give all workers one folder by HTR_RECORDS.",
}

// filingLines stand under a list: which records are not on file as they should be.
func filingLines(troubles map[string][]string, width int) []string {
	var out []string
	for _, t := range []struct{ code, says string }{
		{message.TroubleRecord, "RECORD NOT ON FILE"}, {message.TroubleFolders, "RECORD IN TWO FOLDERS"},
	} {
		if names := troubles[t.code]; len(names) > 0 {
			out = append(out, "")
			out = append(out, screen.Wrapped(t.says+": "+strings.Join(names, ", ")+". "+troubleDo[t.code], width)...)
		}
	}
	return out
}
