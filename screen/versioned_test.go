package screen_test

import (
	"testing"

	"holdthering/screen"
)

func TestEveryAnswerInJSONBeginsWithTheNumberOfItsShape(t *testing.T) {
	type pair struct {
		A string `json:"a"`
		B []int  `json:"b,omitempty"`
	}
	for _, row := range []struct {
		v    any
		want string
	}{
		{pair{"<x>", []int{1}}, "{\n  \"jsonVersion\": 1,\n  \"a\": \"<x>\",\n  \"b\": [\n    1\n  ]\n}\n"},
		{&pair{A: "\u202e"}, "{\n  \"jsonVersion\": 1,\n  \"a\": \"\\u202e\"\n}\n"},
		{[]int{2}, "{\n  \"jsonVersion\": 1,\n  \"rows\": [\n    2\n  ]\n}\n"},
		{[]pair(nil), "{\n  \"jsonVersion\": 1,\n  \"rows\": []\n}\n"},
		{map[string]string{}, "{\n  \"jsonVersion\": 1\n}\n"},
	} {
		if got, err := screen.Versioned(row.v); err != nil || got != row.want {
			t.Errorf("%v: %q, %v; want %q", row.v, got, err, row.want)
		}
	}
}
