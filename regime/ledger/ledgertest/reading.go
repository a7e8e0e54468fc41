package ledgertest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// ReadingChangesNothing calls, in so many random worlds and after each move, every exported method of the
// case or group that does not change it, with what the world holds, and compares all of it before and
// after, what is not exported included. Changing are the methods that may change it.
func (c Course) ReadingChangesNothing(t *testing.T, n int, changing ...string) {
	called := map[string]bool{}
	for seed := range uint64(n) {
		if c.readIn(seed, false, changing, called) != "" {
			t.Fatalf("seed %d: %s changes what it reads", seed, c.readIn(seed, true, changing, called))
		}
	}
	w, _ := c.World(&Dice{Rand: rand.New(rand.NewPCG(0, 1))})
	k := reflect.TypeOf(w.Subject())
	for i := range k.NumMethod() {
		if name := k.Method(i).Name; !called[name] && !slices.Contains(changing, name) {
			t.Errorf("%s of %s was never called: nothing in these worlds fits what it takes", name, k)
		}
	}
	for _, name := range changing {
		if _, ok := k.MethodByName(name); !ok {
			t.Errorf("%s has no method %s", k, name)
		}
	}
}

// readIn plays a seed and reads after each move. What changes something is known exactly only where all
// is compared after each call, which takes long.
func (c Course) readIn(seed uint64, exactly bool, changing []string, called map[string]bool) string {
	d := &Dice{Rand: rand.New(rand.NewPCG(seed, 1))}
	w, start := c.World(d)
	g := &Game{World: w, Now: start}
	for range 1 + d.Pick(25) {
		m := c.next(g, d)
		g.letTimePass(d.Now)
		_ = g.Try(m.by, m.Act, g.Now)
		r := reader{World: w, d: d, act: m.Act, pool: map[reflect.Type][]reflect.Value{}}
		r.gather(reflect.ValueOf(w.Law().Duties))
		r.gather(reflect.ValueOf(w.Subject()))
		if changed := r.readAll(exactly, changing, called); changed != "" {
			return changed
		}
	}
	return ""
}

// reader calls methods with values that it finds in a world.
type reader struct {
	World
	d    *Dice
	act  any
	pool map[reflect.Type][]reflect.Value
}

// gather keeps all values by their type.
func (r reader) gather(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			r.gather(v.Elem())
		}
		return
	case reflect.Slice:
		for i := range v.Len() {
			r.gather(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type() != reflect.TypeFor[time.Time]() {
				r.gather(v.Field(i))
			}
		}
	}
	if at := r.pool[v.Type()]; len(at) < 64 {
		r.pool[v.Type()] = append(at, v)
	} else {
		at[r.d.Pick(len(at))] = v
	}
}

func (r reader) readAll(exactly bool, changing []string, called map[string]bool) string {
	v := reflect.ValueOf(r.Subject())
	before := everything(v)
	for i := range v.NumMethod() {
		name := v.Type().Method(i).Name
		if slices.Contains(changing, name) {
			continue
		}
		args, ok := r.arguments(v.Method(i).Type())
		if !ok {
			continue
		}
		called[name] = true
		v.Method(i).Call(args)
		if exactly && everything(v) != before {
			return name
		}
	}
	if everything(v) != before {
		return "one of the methods"
	}
	return ""
}

func (r reader) arguments(m reflect.Type) (args []reflect.Value, ok bool) {
	for i := range m.NumIn() {
		if m.IsVariadic() && i == m.NumIn()-1 {
			break
		}
		a, ok := r.value(m.In(i))
		if !ok {
			return nil, false
		}
		args = append(args, a)
	}
	return args, true
}

// value is one that fits: of the world, where it has any.
func (r reader) value(t reflect.Type) (reflect.Value, bool) {
	all, v := r.pool[t], reflect.New(t).Elem()
	c, choice := v.Interface().(interface{ Choices() []string })
	switch {
	case t == reflect.TypeFor[time.Time]():
		return reflect.ValueOf(r.d.Now), true
	case t == reflect.TypeFor[regime.Party]():
		return reflect.ValueOf(r.d.Likely()), true
	case t == reflect.TypeFor[ledger.Moment]():
		m := ledger.Moment{Now: r.d.Now, At: r.d.Now, By: ledger.Actor{Person: "an officer", For: r.d.Likely()}}
		return reflect.ValueOf(m), true
	case t == reflect.TypeFor[ledger.Request]():
		return reflect.ValueOf(ledger.Request{By: ledger.Actor{Person: "an officer", For: r.d.Likely()}}), true
	case t == reflect.TypeFor[ledger.Week]():
		return reflect.ValueOf(r.Book().Week(r.d.Now)), true
	case t.Kind() == reflect.Interface:
		v = reflect.ValueOf(r.act)
		return v, v.Type().Implements(t)
	case len(all) > 0:
		return all[r.d.Pick(len(all))], true
	case t.Kind() == reflect.Slice:
		return v, true // none
	case choice:
		words := c.Choices()
		v.SetString(words[r.d.Pick(len(words))])
		return v, true
	case t.Kind() == reflect.Pointer && len(r.pool[t.Elem()]) > 0:
		to := r.pool[t.Elem()]
		return to[r.d.Pick(len(to))].Addr(), true
	}
	return v, t.Kind() == reflect.String
}

// workedOut is what a duty remembers of its own dates, whoever asks; Audit compares it with them.
const workedOut = "nextCheck"

// everything writes all of a value down, through every pointer and with what is not exported.
func everything(v reflect.Value) string {
	var b strings.Builder
	seen := map[uintptr]bool{}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() || v.Type() == reflect.TypeFor[*time.Location]() || seen[v.Pointer()] {
				fmt.Fprintf(&b, "%x ", v.Pointer())
				return
			}
			seen[v.Pointer()] = true
			walk(v.Elem())
		case reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			fmt.Fprintf(&b, "%d[", v.Len())
			for i := range v.Len() {
				walk(v.Index(i))
			}
			b.WriteString("]")
		case reflect.Struct:
			b.WriteString("{")
			for i := range v.NumField() {
				if v.Type().Field(i).Name != workedOut {
					walk(v.Field(i))
				}
			}
			b.WriteString("}")
		default:
			fmt.Fprintf(&b, "%v ", v)
		}
	}
	walk(v)
	return b.String()
}
