package record_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/record"
	"holdthering/regime/failure"
)

var update = flag.Bool("update", false, "write the golden records anew")

func TestTheRecordOfAWholeCaseStaysAsItIs(t *testing.T) {
	p := wholeCase(t)
	html, err := record.HTML(p.c, p.now, record.Notices)
	require.NoError(t, err)
	golden(t, "whole.html", html)
	golden(t, "whole.md", record.Markdown(p.c, p.now, record.Notices))
}

func TestTheRecordOfACaseUnderWayStaysAsItIs(t *testing.T) {
	p := open(t)
	respond(p)
	golden(t, "underway.md", record.Markdown(p.c, p.now))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	wanted, lines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range min(len(wanted), len(lines)) {
		require.Equal(t, wanted[i], lines[i], "%s, line %d; 'go test ./record -update' takes it over", path, i+1)
	}
	require.Len(t, lines, len(wanted))
}

func TestACaseThatHasOnlyBegunHasARecord(t *testing.T) {
	p := open(t)
	got := record.Markdown(p.c, p.now, record.Notices)
	require.Contains(t, got, "# Record of case HTR-2013-0007")
	require.NotContains(t, got, "## Judgements")
}

func TestWhatPeopleWriteCannotLookLikeTheRecord(t *testing.T) {
	p := open(t)
	p.act("CQC", &failure.TriggerRiskSummit{Source: "other",
		Concern: "# Chronology\n\n| 1 | forged |\n<script>alert(1)</script> **bold** [x](http://a.example)"})
	html, err := record.HTML(p.c, p.now)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(html, ">Chronology</h2>"))
	for _, bad := range []string{"<script", "<b>", `<a href="h`, "<strong>bold"} {
		require.NotContains(t, html, bad)
	}
	require.Contains(t, html, "Fenland | Trust &lt;b&gt;")
}

func TestTheLatestJudgementLeavesTheEarlierAndTheCollectiveOneStanding(t *testing.T) {
	p := open(t)
	respond(p)
	got := record.Markdown(p.c, p.now)
	_, judgements, _ := strings.Cut(got, "## Judgements")
	regulatory, rest, _ := strings.Cut(judgements, "### Collective")
	collective, views, _ := strings.Cut(rest, "### Members' own views")
	require.Contains(t, regulatory, "not yet determined")
	require.Contains(t, regulatory, "significant breach")
	require.NotContains(t, regulatory, "potential failure")
	require.Contains(t, collective, "potential failure")
	require.NotContains(t, collective, "breach")
	require.Contains(t, views, "Governance has failed")
}

func TestEveryMonthOfSpecialMeasuresHasItsLine(t *testing.T) {
	p := wholeCase(t)
	got := record.Markdown(p.c, p.now)
	for _, want := range []string{
		"| 1 | Sun 10 Nov 2013 09:00 | Sat 9 Nov 2013 09:00 | on time |",
		"| 2 | Tue 10 Dec 2013 09:00 | Fri 13 Dec 2013 12:00 | late by 3 days 3 hours |",
		"| 3 | Fri 10 Jan 2014 09:00 | Wed 5 Feb 2014 09:00 | MISSED; published 26 days late |",
		"| 4 | Mon 10 Feb 2014 09:00 | Wed 5 Feb 2014 09:00 | on time |",
		"| 5 | Mon 10 Mar 2014 09:00 | | MISSED |",
		"| 1 July 2014 to 3 July 2014 | Fri 10 Oct 2014 09:00 | early |",
		"| 9 February 2015 | Sun 1 Feb 2015 09:00 | late |",
		"| 16 | Tue 10 Feb 2015 09:00 | | no longer owed |",
		"extend by 6 calendar months",
	} {
		require.Contains(t, strings.ReplaceAll(got, "|  |", "| |"), want)
	}
}

func TestWhatABodyDidByItselfStandsWithWhomItTold(t *testing.T) {
	p := open(t)
	respond(p)
	got := record.Markdown(p.c, p.now)
	_, acts, _ := strings.Cut(got, "## What bodies did by themselves")
	require.Contains(t, acts,
		"| U1 | Mon 16 Sep 2013 12:00 | CQC (P. Erson, officer) | P-CQC-1; vary or impose")
	require.Contains(t, acts, "no doctor at night; patients may be at immediate risk | Monitor |")
	require.Contains(t, acts, "lifted Thu 10 Oct 2013 09:00; nights are covered |")
	require.Contains(t, acts, "### Warning notice W1, section 29")
	require.Contains(t, acts,
		"| 1 | a rota for the nights | Tue 1 Oct 2013 00:00 | Thu 10 Oct 2013 09:00 | rota |")
	require.Contains(t, acts, "- **Complied with, says CQC:** yes")
}

func TestADutyThatLapsedWhenOverdueIsNotPassedOverAsUnneeded(t *testing.T) {
	p := wholeCase(t)
	_, duties, _ := strings.Cut(record.Markdown(p.c, p.now), "### Never met: ")
	never, _, _ := strings.Cut(duties, "### ")
	require.Contains(t, never, "| Monitor | find a partner trust | Thu 24 Oct 2013 09:00 | ")
	require.Contains(t, never, "publish its progress for month 5 | Mon 10 Mar 2014 09:00 | "+
		"Tue 10 Feb 2015 09:00 | never met; overdue by 337 days when it lapsed, missed |")
	require.NotContains(t, never, "see that the members agree on a ring-holder")
}

func TestACorrectionStandsBesideWhatItCorrects(t *testing.T) {
	p := open(t)
	p.act("CQC", &failure.TriggerRiskSummit{Concern: "c", Source: "other"}).
		act("CQC", &failure.AddNote{Text: "Corrects entry 1: this is only text"}).
		act("CQC", &failure.AddNote{Text: "it was learned on Monday", Corrects: 1})
	got := record.Markdown(p.c, p.now)
	require.Equal(t, 1, strings.Count(got, "CORRECTED by entry"))
	line := got[strings.Index(got, "| 1 | "):]
	line = line[:strings.Index(line, "\n")]
	require.Contains(t, line, `\[CORRECTED by entry 3: it was learned on Monday\]`)
}

func TestTheSameCaseAtTheSameTimeMakesTheSameBytes(t *testing.T) {
	a, b := wholeCase(t), wholeCase(t)
	require.Equal(t, record.Markdown(a.c, a.now, record.Notices), record.Markdown(b.c, b.now, record.Notices))
	first, err := record.JSON(a.c, a.now)
	require.NoError(t, err)
	second, err := record.JSON(b.c, b.now)
	require.NoError(t, err)
	require.Equal(t, string(first), string(second))
}

func TestTheJSONIsTheCaseItself(t *testing.T) {
	p := wholeCase(t)
	raw, err := record.JSON(p.c, p.now)
	require.NoError(t, err)
	var read struct {
		AsOf time.Time     `json:"asOf"`
		Case *failure.Case `json:"case"`
	}
	require.NoError(t, json.Unmarshal(raw, &read))
	require.True(t, p.now.Equal(read.AsOf))
	again, err := record.JSON(read.Case, read.AsOf)
	require.NoError(t, err)
	require.Equal(t, string(raw), string(again))
	require.Contains(t, string(raw), "Trust <b>", "letters stay as they were written")
}

func TestASummaryCountsWhatTheRecordShows(t *testing.T) {
	p := wholeCase(t)
	s := record.Summarise(p.c, p.now)
	require.Equal(t, "closed", s.Stage)
	require.Equal(t, len(p.c.Entries), s.Entries)
	duties := 0
	for _, d := range s.Duties {
		duties += d.Count
		if d.Standing == record.Open {
			require.Equal(t, 1, d.Count, "only the directory is still to be mended")
		}
	}
	require.Equal(t, len(p.c.Duties), duties)
	accepted, failed := 0, 0
	for _, m := range s.Mails {
		accepted, failed = accepted+m.Accepted, failed+m.Failed
	}
	told := 0
	for _, n := range p.c.Notices {
		told += len(n.To)
	}
	require.Positive(t, failed, "the General Medical Council could not be told")
	require.LessOrEqual(t, accepted+failed, told)
	var happened []string
	for i, e := range s.Happened {
		happened = append(happened, e.What)
		if i > 0 {
			require.False(t, e.At.Before(s.Happened[i-1].At))
		}
	}
	for _, want := range []string{"CQC triggered a risk summit",
		"progress for month 3: MISSED; published 26 days late",
		"CQC served a warning notice, section 29", "Monitor decided on special measures: extend",
		"CQC re-inspected, early", "the case was closed"} {
		require.Contains(t, happened, want)
	}
}

func TestAnOpenDutyIsOverdueFromItsVeryMoment(t *testing.T) {
	p := open(t)
	p.act("CQC", &failure.TriggerRiskSummit{Concern: "c", Source: "other"})
	due := p.c.OpenDuties()[0].Due
	standing := func(at time.Time) record.Standing { return record.Summarise(p.c, at).Duties[0].Standing }
	require.Equal(t, record.Open, standing(due.Add(-time.Second)))
	require.Equal(t, record.OpenLate, standing(due))
}
