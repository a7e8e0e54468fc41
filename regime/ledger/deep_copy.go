package ledger

import (
	"reflect"
	"sync"
)

// This file is of the ledger's kind: a case and a group are both copied by it.

// OwnCopy makes everything that an exported field of *state leads to the state's own, after the
// struct itself was copied: no slice, map or pointer is shared any longer. It goes by the types,
// so that a field which is added is never forgotten. Unexported fields are the caller's to set.
func OwnCopy[T any](state *T) { own(reflect.ValueOf(state).Elem()) }

func own(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for _, i := range sharedIn(v.Type()) {
			own(v.Field(i))
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		elements := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(elements, v)
		v.Set(elements)
		if shares(v.Type().Elem()) {
			for i := range v.Len() {
				own(v.Index(i))
			}
		}
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		pointed := reflect.New(v.Type().Elem())
		pointed.Elem().Set(v.Elem())
		v.Set(pointed)
		own(pointed.Elem())
	}
}

// fieldsShared remembers for each type of struct which of its fields a copy shares ([]int).
var fieldsShared sync.Map

func sharedIn(t reflect.Type) []int {
	if known, ok := fieldsShared.Load(t); ok {
		return known.([]int)
	}
	var fields []int
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && shares(f.Type) {
			fields = append(fields, i)
		}
	}
	fieldsShared.Store(t, fields)
	return fields
}

// shares reports whether two values of the type, one assigned to the other, have something in
// common that can be changed. State has no maps, interfaces or functions in it: their types are
// refused, so that one which is added is not shared without a word.
func shares(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct:
		return len(sharedIn(t)) > 0
	case reflect.Slice, reflect.Pointer:
		return true
	case reflect.Map, reflect.Interface, reflect.Func, reflect.Chan, reflect.Array:
		panic("regime: no copy is made of a " + t.String())
	}
	return false
}
