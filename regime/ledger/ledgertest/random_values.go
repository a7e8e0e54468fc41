package ledgertest

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/regimetest"
)

// Dice make random values that could be meant, at a time and in a world.
type Dice struct {
	*rand.Rand
	Now    time.Time
	bodies []regime.Party              // the parties that exist, and some that do not
	Likely func() regime.Party         // somebody who may well act
	Word   func(f regime.Field) string // a text for the field; empty: any
}

// Pick draws a number from 0 to n-1.
func (d *Dice) Pick(n int) int { return d.IntN(n) }

// Everybody lists the parties of a random course.
var Everybody = []regime.Party{regimetest.Nhse, "NHSCB/Y55", "CCG/07J", "CCG/07K", "CQC", "MONITOR", "TDA", "PROVIDER",
	"LA_COMM", "LA_SAFEGUARDING", "LSCB", "SAB", "HEE", "LETB", "HEALTHWATCH_LOCAL", "GMC", "NMC", "SOS",
	"POLICE", "ROYAL_COLLEGE"}

// Anybody draws one of all parties, including some that do not exist.
func (d *Dice) Anybody() regime.Party { return d.bodies[d.Pick(len(d.bodies))] }

// Start is some minute of 2013.
func (d *Dice) Start() time.Time {
	return regimetest.At("2013-01-01").Add(time.Duration(d.Pick(365*24*60)) * time.Minute)
}

// Act fills the fields of an empty act.
func (d *Dice) Act(act any) any {
	rv := reflect.ValueOf(act).Elem()
	for _, f := range regime.Fields(act) {
		if f.Need || d.Pick(3) > 0 {
			d.fill(rv.Field(f.Index), f)
		}
	}
	return act
}

func (d *Dice) fill(v reflect.Value, f regime.Field) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(d.Now.Add(time.Duration(d.minutes(f)) * time.Minute)))
	case calendar.Period:
		v.Set(reflect.ValueOf(calendar.MustPeriod(strconv.Itoa(1+d.Pick(9)) + []string{"mo", "d", "wd"}[d.Pick(3)])))
	case regime.Party:
		v.SetString(string(d.Likely()))
	case []regime.Party:
		v.Set(reflect.ValueOf([]regime.Party{d.Likely(), d.Likely()}))
	case bool:
		v.SetBool(f.Flag != "demonstration" && d.Pick(2) == 0)
	case int:
		v.SetInt(int64(d.Pick(4)))
	default:
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			v = v.Index(0)
		}
		v.SetString(d.text(f))
	}
}

// minutes is how far away a time lies: mostly on the side of the present that it can lie on.
func (d *Dice) minutes(f regime.Field) int {
	const day = 24 * 60
	switch past := f.When == regime.Past || f.When == regime.Ever; {
	case d.Pick(8) == 0:
		return d.Pick(75*day) - 15*day
	case past && d.Pick(2) == 0:
		return -d.Pick(90)
	case past:
		return -d.Pick(10 * day)
	}
	return 1 + d.Pick(60*day)
}

func (d *Dice) text(f regime.Field) string {
	if len(f.Choices) > 0 {
		return f.Choices[d.Pick(len(f.Choices))]
	}
	if s := d.Word(f); s != "" {
		return s
	}
	if d.Pick(2) == 0 {
		return string(f.Flag[0]-'a'+'A') + strconv.Itoa(1+d.Pick(3)) // A1, a number that may exist
	}
	return "words"
}
