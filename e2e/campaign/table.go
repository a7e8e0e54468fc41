package main

import (
	"fmt"
	"strings"
	"time"
)

// row is one line of the table.
type row struct {
	says string
	of   func(tally) string
}

// rows are what is shown of each run.
func rows() []row {
	all := []row{
		{"", func(t tally) string { return t.name }},
		{"cases finished right", func(t tally) string { return fmt.Sprintf("%d of %d", t.finished, t.cases) }},
		{"groups finished right", func(t tally) string { return fmt.Sprintf("%d of %d", t.groupsDone, t.groups) }},
		{"cases that stand elsewhere than they should", number(func(t tally) int { return t.elsewhere })},
		{"acts in the cases", number(func(t tally) int { return t.acts })},
		{"  of these missing, or there more than once", number(func(t tally) int { return t.actsAmiss })},
		{"until then", func(t tally) string { return t.took.Round(time.Second).String() }},
		{"mails asked for", number(func(t tally) int { return t.asked - t.withdrawn })},
		{"mails lost", number(func(t tally) int { return t.lost })},
		{"mails doubled", number(func(t tally) int { return t.doubled })},
		{"mails still under way", number(func(t tally) int { return t.underWay })},
		{"mails of no case", number(func(t tally) int { return t.strays })},
		{"mails to who is away", number(func(t tally) int { return t.misdirected })},
		{"duties to find a contact", number(func(t tally) int { return t.duties })},
		{"  of these called off, since word came", number(func(t tally) int { return t.calledOff })},
		{"  of these false", number(func(t tally) int { return t.falseDuties })},
		{"records missing or not whole", number(func(t tally) int { return t.badRecords })},
		{"mails that nobody can know of: dropped with a 2xx", number(func(t tally) int { return t.dropped })},
		{"  sent, and not or wrongly answered, or not noted", number(func(t tally) int { return t.twice })},
		{"mails that bounced, or were refused for their address", number(func(t tally) int { return t.bounced })},
		{"  of these, noticed, and on to the next contact", number(func(t tally) int { return t.moved })},
		{"mails given to the service again after silence", number(func(t tally) int { return t.again })},
		{"requests to the service", number(func(t tally) int { return t.requests })},
	}
	for _, f := range append([]fault{none}, faults...) {
		all = append(all, row{"  " + string(f), number(func(t tally) int { return t.met[f] })})
	}
	for _, kinds := range [][]weather{weathers, toldLater, relayWeathers} {
		for _, w := range kinds {
			all = append(all, row{"  for a time, " + string(w), number(func(t tally) int { return t.stormy[w] })})
		}
	}
	return append(all,
		row{"events posted", number(func(t tally) int { return t.posts })},
		row{"  of these not taken, and posted again", number(func(t tally) int { return t.refused })},
		row{"workers killed", number(func(t tally) int { return t.killed })},
		row{"  of these back without their key, and ended", func(t tally) string { return fmt.Sprintf("%d of %d", t.keysLost-t.ranOn, t.keysLost) }},
		row{"the server killed", number(func(t tally) int { return t.serversKilled })},
		row{"its database killed", number(func(t tally) int { return t.databasesKilled })},
		row{"cases terminated in the UI, and brought back", number(func(t tally) int { return t.terminated - t.groupsEnded })},
		row{"groups terminated in the UI, and brought back", number(func(t tally) int { return t.groupsEnded })},
		row{"times that the disk was full", func(t tally) string {
			if t.filled < 0 {
				return "no disk"
			}
			return fmt.Sprint(t.filled)
		}})
}

// table sets the runs side by side.
func table(ts []tally) string {
	var b strings.Builder
	for _, r := range rows() {
		fmt.Fprintf(&b, "%-66s", r.says)
		for _, t := range ts {
			fmt.Fprintf(&b, "%24s", r.of(t))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func number(of func(tally) int) func(tally) string {
	return func(t tally) string { return fmt.Sprint(of(t)) }
}
