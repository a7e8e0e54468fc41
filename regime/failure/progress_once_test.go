package failure

import (
	"strings"
	"testing"

	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

func report(url string) *PublishProgress { return &PublishProgress{URL: url} }

func (s *script) months() []ProgressReport {
	e, _ := s.c.Episode()
	return e.Publications
}

func TestR58_B4_AMonthsProgressIsPublishedOnceAndAnotherLinkCorrectsIt(t *testing.T) {
	s := placed(t).at("2013-11-20 10:00").by("PROVIDER", report("https://t.example/1"))
	entries := s.c.LastEntry
	for range 3 {
		s.by("PROVIDER", report("https://t.example/1"))
	}
	if s.c.LastEntry != entries {
		t.Errorf("the same link again is a repeat: %d entries more", s.c.LastEntry-entries)
	}
	s.by("PROVIDER", report("https://t.example/1b")).by("PROVIDER", report("https://t.example/1c"))
	if ms := s.months(); len(ms) != 1 || ms[0].URL != "https://t.example/1c" || len(ms[0].Past) != 2 {
		t.Fatalf("%+v", ms)
	}
	if said := s.c.Entries[len(s.c.Entries)-1].Text; !strings.HasPrefix(said, "Corrected the link to the progress of month 1: ") {
		t.Error(said)
	}
	if d := s.duty(DutyProgress, "2"); !d.Open() || !d.Due.Equal(regimetest.At("2013-12-25 10:00")) {
		t.Errorf("the next month is still owed: %+v", d)
	}
	s.refusedSaying("cannot be published yet", "PROVIDER", &PublishProgress{URL: "https://t.example/2", Month: 2}).
		refusedSaying("no progress is owed for month 7", "PROVIDER", &PublishProgress{URL: "x", Month: 7}).
		at("2013-11-25 10:00").by("PROVIDER", report("https://t.example/2")).
		by("PROVIDER", &PublishProgress{URL: "https://t.example/1d", Month: 1})
	if ms := s.months(); len(ms) != 2 || ms[0].URL != "https://t.example/1d" || ms[1].URL != "https://t.example/2" {
		t.Fatalf("%+v", ms)
	}
}

func TestR85_B4_ProgressIsNotPublishedBeforeTheMeasuresBegan(t *testing.T) {
	placed(t).at("2013-10-28 10:00").refusedSaying("cannot be published yet", "PROVIDER",
		&PublishProgress{URL: "https://t.example/1", On: regimetest.At("2013-10-20")})
}

func TestR85_R54_ARecommendationDoesNotLieBeforeTheEndOfTheLastStay(t *testing.T) {
	s := placed(t).at("2014-10-20 10:00").by("CQC", &Reinspect{From: regimetest.At("2014-10-19")}).
		by("CQC", &ReportReinspection{Rating: "good", Advice: "exit"}).
		by("MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"}).at("2014-12-01 10:00").
		refusedSaying("before the end of the last stay in special measures", "CQC",
			&RecommendMeasures{Reason: "x", At: regimetest.At("2014-10-20 09:00")})
	s.by("CQC", &RecommendMeasures{Reason: "x", At: regimetest.At("2014-11-01 09:00")})
	open(t, kingsLynn, "2013-10-01 10:00").at("2013-10-05 10:00").
		by("CQC", &RecommendMeasures{Reason: "x", At: regimetest.At("2013-10-02 09:00")})
}

func TestR58_B4_AMissedMonthIsNotMadeUpForByACorrection(t *testing.T) {
	s := placed(t).at("2013-12-20 10:00")
	if d := s.duty(DutyProgress, "1"); !d.Missed {
		t.Fatalf("%+v", d)
	}
	missed := 0
	s.c.pen.Tick(s.now)
	for _, e := range s.c.Entries {
		missed += words.Flag(strings.HasPrefix(e.Text, "Missed: "))
	}
	if missed != 1 {
		t.Errorf("it is recorded as missed %d times", missed)
	}
	s.by("PROVIDER", report("https://t.example/2")).by("PROVIDER", report("https://t.example/2b"))
	if ms := s.months(); len(ms) != 1 || ms[0].Month != 2 || ms[0].URL != "https://t.example/2b" {
		t.Fatalf("%+v", ms)
	}
	s.by("PROVIDER", &PublishProgress{URL: "https://t.example/1", Month: 1})
	if ms := s.months(); len(ms) != 2 || !ms[1].Late {
		t.Fatalf("%+v", ms)
	}
}
