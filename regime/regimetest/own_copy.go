package regimetest

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// Fill gives every slice two elements and every pointer something to point at, at any depth,
// unexported fields left out.
func Fill(t *testing.T, v reflect.Value, deep int) {
	if deep > 12 {
		t.Fatalf("%s has no end", v.Type())
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				Fill(t, v.Field(i), deep+1)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 4))
		Fill(t, v.Index(0), deep+1)
		Fill(t, v.Index(1), deep+1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		Fill(t, v.Elem(), deep+1)
	case reflect.String:
		v.SetString("x")
	}
}

// CheckOwn fails where the copy says anything else, or shares a slice or pointer with the original.
func CheckOwn(t *testing.T, of, copied any) {
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
			if f := a.Type().Field(i); f.Name != "subject" && f.Name != "pen" { // of the copy itself
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
