package screen

import (
	"bytes"
	"encoding/json"
)

// JSONVersion is the number of the shapes in which the program answers in JSON: docs/json.md says what raises it.
const JSONVersion = 1

// Versioned is an answer in JSON as the program prints it: one object whose first member is the number of its shape. A
// list is its member "rows".
func Versioned(v any) (string, error) {
	var raw bytes.Buffer
	e := json.NewEncoder(&raw)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	body := bytes.TrimSpace(raw.Bytes())
	switch {
	case body[0] == '[':
		body = append([]byte(`"rows":`), append(body, '}')...)
	case bytes.Equal(body, []byte("null")):
		body = []byte(`"rows":[]}`)
	default:
		body = body[1:]
	}
	number, err := json.Marshal(JSONVersion)
	if err != nil {
		return "", err
	}
	whole := append([]byte(`{"jsonVersion":`), number...)
	if body[0] != '}' {
		whole = append(whole, ',')
	}
	var out bytes.Buffer
	if err := json.Indent(&out, append(whole, body...), "", "  "); err != nil {
		return "", err
	}
	return JSON(out.String() + "\n"), nil
}
