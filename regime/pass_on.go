package regime

import (
	"reflect"
	"slices"
	"strings"
)

// PassOn puts the heir of a body wherever what is held, owed or open names it, and returns how often
// it did. v is a pointer to plain data. A field says by its tag that it goes on to the heir:
// passes:"on" of a Party or of several, passes:"subject" of a text that ends in "|" and a party.
// All other fields are what was done: it stays under the name of who did it. What is settled, done
// or withdrawn stays whole. heir returns the party itself where it has none.
func PassOn(v any, heir func(Party) Party) int { return passOn(reflect.ValueOf(v), heir) }

// open and settled are how the elements of a case or group say that nothing more is to come of them.
type (
	open    interface{ Open() bool }
	settled interface{ Settled() bool }
)

func over(v reflect.Value) bool {
	if !v.CanAddr() || !v.Addr().CanInterface() {
		return false
	}
	switch x := v.Addr().Interface().(type) {
	case settled:
		return x.Settled()
	case open:
		return !x.Open()
	}
	return false
}

func passOn(v reflect.Value, heir func(Party) Party) int {
	n := 0
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			n += passOn(v.Elem(), heir)
		}
	case reflect.Slice:
		for i := range v.Len() {
			n += passOn(v.Index(i), heir)
		}
	case reflect.Struct:
		if over(v) {
			return 0
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			switch tag := f.Tag.Get("passes"); {
			case tag == "":
				n += passOn(v.Field(i), heir)
			case tag == "subject":
				n += passSubject(v.Field(i), heir)
			default:
				n += passField(v.Field(i), heir)
			}
		}
	}
	return n
}

func passField(v reflect.Value, heir func(Party) Party) int {
	if p, ok := v.Interface().(Party); ok {
		h := heir(p)
		v.Set(reflect.ValueOf(h))
		return changed(p != h)
	}
	old := v.Interface().([]Party) // a field of another type cannot be tagged: a test reads them all
	var out []Party
	n := 0
	for _, p := range old {
		h := heir(p)
		n += changed(p != h)
		if !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	if n > 0 {
		v.Set(reflect.ValueOf(out))
	}
	return n
}

func passSubject(v reflect.Value, heir func(Party) Party) int {
	head, owner, ok := strings.Cut(v.String(), "|")
	h := heir(Party(owner))
	if !ok || h == Party(owner) {
		return 0
	}
	v.SetString(head + "|" + string(h))
	return 1
}

func changed(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
