package regime

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// The values of an object are JSON already. json.Marshal would read each of them again, for each profile that is laid
// over another.

// written is an object as JSON, by the names of its members.
func written(o object) json.RawMessage {
	var b bytes.Buffer
	writeObject(&b, o)
	return b.Bytes()
}

// writtenRows are objects as a JSON array; null where there is none at all.
func writtenRows(rows []object) json.RawMessage {
	if rows == nil {
		return json.RawMessage("null")
	}
	var b bytes.Buffer
	b.WriteByte('[')
	for i, r := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		writeObject(&b, r)
	}
	b.WriteByte(']')
	return b.Bytes()
}

func writeObject(b *bytes.Buffer, o object) {
	b.WriteByte('{')
	for i, name := range slices.Sorted(maps.Keys(o)) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(quoted(name))
		b.WriteByte(':')
		if value := o[name]; value != nil {
			b.Write(value)
		} else {
			b.WriteString("null")
		}
	}
	b.WriteByte('}')
}

// plainText is the string that a piece of JSON stands for, where it can be seen at once: most have nothing escaped.
func plainText(raw json.RawMessage) (string, bool) {
	if !isPlain(raw) {
		return "", false
	}
	return string(raw[1 : len(raw)-1]), true
}

// isPlain reports whether JSON is a string of ASCII with nothing escaped.
func isPlain(raw json.RawMessage) bool {
	last := len(raw) - 1
	if last < 1 || raw[0] != '"' || raw[last] != '"' {
		return false
	}
	for _, c := range raw[1:last] {
		if c < ' ' || c > '~' || c == '\\' || c == '"' {
			return false
		}
	}
	return true
}
