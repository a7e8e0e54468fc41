package regime

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestWhatIsPutTogetherIsReadAsItWasPut(t *testing.T) {
	for _, s := range []string{"", "plain", `a "b" \c`, "é ü 漢", "line\nline", "<&>", "\u2028", "~", "\x7f"} {
		value, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if text(value) != s || string(quoted(s)) != string(value) && text(quoted(s)) != s {
			t.Errorf("%q is read as %q and %q", s, text(value), text(quoted(s)))
		}
		rows := []object{{"kind": value, s: json.RawMessage(`[1, {"x": null}]`), "none": nil}, {}}
		for _, put := range [][]object{rows, rows[:1], {}, nil} {
			var got, want any
			usual, err := json.Marshal(put)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(writtenRows(put), &got); err != nil {
				t.Fatalf("%s: %v", writtenRows(put), err)
			}
			if err := json.Unmarshal(usual, &want); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s is not %s", writtenRows(put), usual)
			}
		}
	}
	for _, raw := range []string{"", `"`, "1", "null", "{}", `["a"]`} {
		if got, plain := plainText(json.RawMessage(raw)); plain {
			t.Errorf("%s is taken for the text %q", raw, got)
		}
	}
}
