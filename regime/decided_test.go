package regime_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

// acts are one of each, of cases and groups, with how the verb says that it was done.
func acts() (all []any, did []string) {
	for _, v := range failure.Verbs() {
		all, did = append(all, v.New()), append(did, v.Did)
	}
	for _, v := range surveillance.Verbs() {
		all, did = append(all, v.New()), append(did, v.Did)
	}
	return all, did
}

// What stands open on the Temporal server may be chosen from a list that everybody may see, and is never what is alleged, about
// whom, or where it came from.
func TestR14_WhatABoardSaysOfAnActIsNeverATextASourceOrAnAllegation(t *testing.T) {
	kept := map[reflect.Type]bool{}
	for _, x := range []any{regime.SourceKind(""), regime.ConcernKind(""), regime.MatrixKind(""), regime.Profession(""),
		regime.AtRisk(""), surveillance.QualityDimension("")} {
		kept[reflect.TypeOf(x)] = true
	}
	all, did := acts()
	shown := 0
	for i, act := range all {
		if did[i] == "" || did[i] != strings.ToLower(did[i][:1])+did[i][1:] || strings.ContainsAny(did[i], ".:;") {
			t.Errorf("%T: %q does not go on from a name", act, did[i])
		}
		v := reflect.ValueOf(act).Elem()
		for j := range v.NumField() {
			f := v.Type().Field(j)
			word := f.Tag.Get("board")
			if word != "" && (kept[f.Type] || f.Tag.Get("confided") == "yes" || f.Type.Kind() == reflect.String && f.Type.PkgPath() == "" &&
				word != "provider") {
				t.Errorf("%T.%s is on the board", act, f.Name)
			}
			fill(v.Field(j))
		}
		said := regime.Decided(act, func(p regime.Party) string { return "<" + string(p) + ">" })
		if strings.Contains(said, "MARKER words") {
			t.Errorf("%T says %q", act, said)
		}
		if said != "" {
			shown++
		}
	}
	if shown < 40 {
		t.Errorf("only %d acts say what was decided", shown)
	}
}

// fill sets a field to what a person may type into it.
func fill(v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *regime.Party:
		*x = "CQC"
	case *[]regime.Party:
		*x = []regime.Party{"CQC", "Monitor"}
	case *time.Time:
		*x = time.Date(2013, 9, 12, 9, 0, 0, 0, time.UTC)
	case *calendar.Period:
		*x, _ = calendar.ParsePeriod("6mo")
	case *string:
		*x = "MARKER words, which are a text"
	default:
		if c, ok := v.Interface().(regime.Choices); ok && v.Kind() == reflect.String {
			v.SetString(c.Choices()[0])
		}
	}
}

func TestABoardSaysWhatWasDecidedAndHowAThingIsNumbered(t *testing.T) {
	name := func(p regime.Party) string { return "the body " + string(p) }
	length, err := calendar.ParsePeriod("6mo")
	if err != nil {
		t.Fatal(err)
	}
	for want, act := range map[string]any{
		"potential failure":                     &failure.JudgeCollectively{Value: failure.PotentialFailure, Reason: "words"},
		"extend, for 6 calendar months":         &failure.DecideMeasures{Outcome: failure.Extend, Length: length},
		"for Thu 12 Sep 2013 10:00":             &failure.ConveneSummit{At: time.Date(2013, 9, 12, 9, 0, 0, 0, time.UTC), Place: "words"},
		"A3":                                    &failure.DeclineAction{Action: "A3", Reason: "words"},
		"":                                      &failure.DeclineAction{Action: "THE ONE ABOUT NURSES", Reason: "words"},
		"with the body CQC":                     &surveillance.RecordTalk{With: "CQC"},
		"provider RCX, enhanced":                &surveillance.AgreeLevel{Provider: "rcx", Level: regime.EnhancedLevel},
		"the body CQC and the body Monitor":     &failure.AskWhoActs{Who: []regime.Party{"CQC", "Monitor"}},
		"P-CQC-1":                               &failure.UsePower{Power: "P-CQC-1"},
		"good, recommends exit":                 &failure.ReportReinspection{Rating: "good", Advice: "exit"},
		"from the body LETB, to the body LETB2": &failure.RecordSuccession{From: "LETB", To: "LETB2"},
	} {
		if got := regime.Decided(act, name); got != want {
			t.Errorf("%T: %q instead of %q", act, got, want)
		}
	}
}
