package regime

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

func TestACopyOfACaseSharesNothingWithIt(t *testing.T) {
	c := &Case{}
	fill(t, reflect.ValueOf(c).Elem(), 0)
	c.host = c
	checkOwn(t, c, c.clone())
}

func TestACopyOfAGroupSharesNothingWithIt(t *testing.T) {
	g := &Group{}
	fill(t, reflect.ValueOf(g).Elem(), 0)
	g.host = g
	checkOwn(t, g, g.clone())
}

// fill gives every slice two elements and every pointer something to point at, at any depth,
// unexported fields left out.
func fill(t *testing.T, v reflect.Value, deep int) {
	if deep > 12 {
		t.Fatalf("%s has no end", v.Type())
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(t, v.Field(i), deep+1)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 4))
		fill(t, v.Index(0), deep+1)
		fill(t, v.Index(1), deep+1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), deep+1)
	case reflect.String:
		v.SetString("x")
	}
}

func checkOwn(t *testing.T, of, copied any) {
	t.Helper()
	was, err := json.Marshal(of)
	if err != nil {
		t.Fatal(err)
	}
	is, err := json.Marshal(copied)
	if err != nil {
		t.Fatal(err)
	}
	if string(was) != string(is) {
		t.Errorf("the copy is another:\n%s\n%s", is, was)
	}
	if n := checkApart(t, reflect.TypeOf(of).Elem().Name(), reflect.ValueOf(of), reflect.ValueOf(copied)); n < 40 {
		t.Errorf("only %d slices and pointers were compared", n)
	}
}

// checkApart looks at everything that is referred to, unexported fields as well, and counts it.
func checkApart(t *testing.T, name string, a, b reflect.Value) int {
	t.Helper()
	if a.Type() == reflect.TypeFor[time.Time]() {
		return 0
	}
	n := 0
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if f := a.Type().Field(i); f.Name != "host" { // the copy itself, checked below
				n += checkApart(t, name+"."+f.Name, a.Field(i), b.Field(i))
			}
		}
		return n
	case reflect.Interface, reflect.Map, reflect.Func, reflect.Chan:
		t.Errorf("%s: nothing says how a %s is copied", name, a.Type())
		return 0
	case reflect.Slice, reflect.Pointer:
		if a.IsNil() && b.IsNil() {
			return 0
		}
		if a.IsNil() || b.IsNil() || a.Pointer() == b.Pointer() {
			t.Errorf("%s is shared, or was not copied", name)
			return 0
		}
	default:
		return 0
	}
	if a.Kind() == reflect.Pointer {
		return 1 + checkApart(t, name, a.Elem(), b.Elem())
	}
	for i := range a.Len() {
		n += checkApart(t, name, a.Index(i), b.Index(i))
	}
	return n + 1
}

func TestACopyAsksItselfWhoIsWho(t *testing.T) {
	c, g := &Case{}, &Group{}
	c.host, g.host = c, g
	if k := c.clone(); k.host != host(k) {
		t.Error("the copy of a case asks the case")
	}
	if k := g.clone(); k.host != host(k) {
		t.Error("the copy of a group asks the group")
	}
}
