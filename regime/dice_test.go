package regime

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"time"

	"holdthering/regime/calendar"
)

// dice make random values that could be meant, at a time and in a world.
type dice struct {
	*rand.Rand
	now    time.Time
	bodies []Party              // who there is, and some whom there is not
	likely func() Party         // somebody who may well act
	word   func(f Field) string // a text for the field; empty: any
}

func (d *dice) pick(n int) int { return d.IntN(n) }

var everybody = []Party{nhse, "NHSCB/Y55", "CCG/07J", "CCG/07K", "CQC", "MONITOR", "TDA", "PROVIDER",
	"LA_COMM", "LA_SAFEGUARDING", "LSCB", "SAB", "HEE", "LETB", "HEALTHWATCH_LOCAL", "GMC", "NMC", "SOS",
	"POLICE", "ROYAL_COLLEGE"}

func (d *dice) anybody() Party { return d.bodies[d.pick(len(d.bodies))] }

// start is some minute of 2013.
func (d *dice) start() time.Time {
	return at("2013-01-01").Add(time.Duration(d.pick(365*24*60)) * time.Minute)
}

// act fills the fields of an empty act.
func (d *dice) act(act any) any {
	rv := reflect.ValueOf(act).Elem()
	for _, f := range Fields(act) {
		if f.Need || d.pick(3) > 0 {
			d.fill(rv.Field(f.Index), f)
		}
	}
	return act
}

func (d *dice) fill(v reflect.Value, f Field) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(d.now.Add(time.Duration(d.minutes(f)) * time.Minute)))
	case calendar.Period:
		v.Set(reflect.ValueOf(calendar.MustPeriod(strconv.Itoa(1+d.pick(9)) + []string{"mo", "d", "wd"}[d.pick(3)])))
	case Party:
		v.SetString(string(d.likely()))
	case []Party:
		v.Set(reflect.ValueOf([]Party{d.likely(), d.likely()}))
	case bool:
		v.SetBool(f.Flag != "demonstration" && d.pick(2) == 0)
	case int:
		v.SetInt(int64(d.pick(4)))
	default:
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			v = v.Index(0)
		}
		v.SetString(d.text(f))
	}
}

// minutes is how far away a time lies: mostly on the side of the present that it can lie on.
func (d *dice) minutes(f Field) int {
	const day = 24 * 60
	switch past := f.When == Past || f.When == Ever; {
	case d.pick(8) == 0:
		return d.pick(75*day) - 15*day
	case past && d.pick(2) == 0:
		return -d.pick(90)
	case past:
		return -d.pick(10 * day)
	}
	return 1 + d.pick(60*day)
}

func (d *dice) text(f Field) string {
	if len(f.Choices) > 0 {
		return f.Choices[d.pick(len(f.Choices))]
	}
	if s := d.word(f); s != "" {
		return s
	}
	if d.pick(2) == 0 {
		return string(f.Flag[0]-'a'+'A') + strconv.Itoa(1+d.pick(3)) // A1, a number that may exist
	}
	return "words"
}
