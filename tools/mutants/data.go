package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tableMutants breaks a JSON table: each row and each item of a list left out, each period and
// number one more, each yes a no. Words for people are left alone.
func tableMutants(path string) ([]mutant, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var whole any
	if err := json.Unmarshal(raw, &whole); err != nil {
		return nil, err
	}
	t := table{file: filepath.Base(path), whole: &whole}
	t.walk("", whole, func(v any) { whole = v })
	for i := range t.mutants {
		t.mutants[i].dir = filepath.Dir(filepath.Dir(path)) // beside which the tables lie
	}
	return t.mutants, t.err
}

type table struct {
	file    string
	whole   *any
	cites   []string // by the row in hand
	mutants []mutant
	err     error
}

var forPeople = regexp.MustCompile(`\.(says|about|source|basis|label|labels|title|adds|summary)$`)

var period = regexp.MustCompile(`^(start\+|[-+])?(\d+)(m|h|d|mo|wd|%)$`)

func (t *table) walk(at string, v any, set func(any)) {
	if forPeople.MatchString(at) {
		return
	}
	switch x := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(x)) {
			t.walk(at+"."+k, x[k], func(v any) { x[k] = v })
		}
	case []any:
		for i, item := range x {
			name := at + "." + rowName(i, item)
			if row, ok := item.(map[string]any); ok && strings.Count(at, ".") == 1 {
				t.cites = ruleNumber.FindAllString(fmt.Sprint(row["rule"]), -1)
			}
			t.try(name+" left out", func() { set(slices.Delete(slices.Clone(x), i, i+1)) })
			set(x)
			t.walk(name, item, func(v any) { x[i] = v })
		}
	case bool:
		t.try(at+" turned", func() { set(!x) })
		set(x)
	case float64:
		t.try(at+" one more", func() { set(x + 1) })
		set(x)
	case string:
		if p := period.FindStringSubmatch(x); p != nil {
			n, _ := strconv.Atoi(p[2])
			other := p[1] + strconv.Itoa(n+1) + p[3]
			t.try(at+" "+x+" now "+other, func() { set(other) })
			set(x)
		}
	}
}

func rowName(i int, item any) string {
	if row, ok := item.(map[string]any); ok {
		for _, key := range []string{"kind", "code", "id", "type", "body", "profession", "item", "tier"} {
			if s, ok := row[key].(string); ok {
				return s
			}
		}
	}
	if s, ok := item.(string); ok {
		return s
	}
	return strconv.Itoa(i)
}

// try keeps the table as change leaves it.
func (t *table) try(name string, change func()) {
	change()
	raw, err := json.Marshal(*t.whole)
	if err != nil {
		t.err = err
	}
	t.mutants = append(t.mutants, mutant{cites: t.cites, name: fmt.Sprintf("%s: %s", t.file, name), table: raw})
}
