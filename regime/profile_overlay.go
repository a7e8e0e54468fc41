package regime

import (
	"encoding/json"
	"fmt"
	"slices"
)

// object is a JSON object whose values are not looked into.
type object = map[string]json.RawMessage

// section is a table of a profile: what tells its rows apart, and where a row says on what
// basis it stands (a power's "basis" is its law). A table of our own words has neither source
// nor basis.
type section struct {
	name, key, basis string
}

var sections = []section{
	{"bodies", "code", "basis"}, {"parts", "part", "basis"}, {"providers", "type", "basis"},
	{"duties", "kind", "basis"}, {"notices", "kind", ""}, {"powers", "id", "standing"},
	{"changes", "change", "basis"}, {"groups", "tier", "basis"}, {"seats", "body", "basis"},
	{"professions", "profession", "basis"}, {"matrix", "kind", "basis"}, {"levels", "level", "basis"},
}

// overlay lays a profile that is written as differences over its base: a row of the same key
// replaces the fields that it gives and leaves the others; a new key is a new row; a row with
// "remove" takes the base's away. Whatever the base says and the profile does not confirm by a
// row of its own is unconfirmed, unless it was our own choice from the beginning.
func overlay(base []byte, above object) (object, error) {
	var below object
	if err := json.Unmarshal(base, &below); err != nil {
		return nil, err
	}
	if above["removed"] == nil && below["removed"] != nil {
		above["removed"] = below["removed"]
	}
	words := map[string]string{}
	if err := unmarshalWords(above["words"], &words); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	inWords := speller(words)
	for _, s := range sections {
		rows, gone, err := s.lay(below[s.name], above[s.name], inWords, text(above["carriedOver"]))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		below[s.name] = rows
		if err := keepGone(above, gone); err != nil {
			return nil, err
		}
		delete(above, s.name)
	}
	labels, err := merged(below["labels"], above["labels"])
	if err != nil {
		return nil, fmt.Errorf("labels: %w", err)
	}
	above["labels"] = labels
	for k, v := range above {
		below[k] = v
	}
	return below, nil
}

func merged(base, over json.RawMessage) (json.RawMessage, error) {
	out := object{}
	for _, raw := range []json.RawMessage{base, over} {
		if raw == nil {
			continue
		}
		if err := json.Unmarshal(raw, &out); err != nil {
			return nil, err
		}
	}
	return json.Marshal(out)
}

// keepGone adds the rows taken away to the profile's list of them.
func keepGone(above object, gone []RemovedRow) error {
	var all []RemovedRow
	if raw := above["removed"]; raw != nil {
		if err := json.Unmarshal(raw, &all); err != nil {
			return err
		}
	}
	raw, err := json.Marshal(append(all, gone...))
	above["removed"] = raw
	return err
}

// lay lays the rows of one table over those of the base. What a profile says otherwise than its
// base, it says on a basis of its own; what it does not say is only carried over.
func (s section) lay(base, over json.RawMessage, inWords func(string) string, country string) (json.RawMessage, []RemovedRow,
	error) {
	var rows, changes []object
	if err := unmarshalRows(base, &rows); err != nil {
		return nil, nil, err
	}
	if err := unmarshalRows(over, &changes); err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		respell(r, inWords)
		if !slices.ContainsFunc(changes, func(c object) bool { return s.keyOf(c) == s.keyOf(r) }) {
			if err := s.inherit(r, country); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, c := range changes {
		if err := s.speaksForItself(c); err != nil {
			return nil, nil, err
		}
	}
	return s.putRows(rows, changes)
}

// put replaces, adds and takes away rows, one after the other.
func (s section) put(base, over json.RawMessage) (json.RawMessage, []RemovedRow, error) {
	var rows, changes []object
	if err := unmarshalRows(base, &rows); err != nil {
		return nil, nil, err
	}
	if err := unmarshalRows(over, &changes); err != nil {
		return nil, nil, err
	}
	return s.putRows(rows, changes)
}

func (s section) putRows(rows, changes []object) (json.RawMessage, []RemovedRow, error) {
	var gone []RemovedRow
	for _, c := range changes {
		i := slices.IndexFunc(rows, func(r object) bool { return s.keyOf(r) == s.keyOf(c) })
		switch {
		case c["remove"] != nil && i < 0:
			return nil, nil, fmt.Errorf("%s is removed and was not there", s.keyOf(c))
		case c["remove"] != nil:
			gone = append(gone, s.removed(c))
			rows = slices.Delete(rows, i, i+1)
		case i < 0:
			rows = append(rows, c)
		default:
			for k, v := range c {
				rows[i][k] = v
			}
		}
	}
	return writtenRows(rows), gone, nil
}

func unmarshalWords(raw json.RawMessage, into *map[string]string) error {
	if raw == nil {
		return nil
	}
	return json.Unmarshal(raw, into)
}

func quoted(s string) json.RawMessage {
	if raw := json.RawMessage(`"` + s + `"`); isPlain(raw) {
		return raw
	}
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string can be written
	}
	return raw
}

func unmarshalRows(raw json.RawMessage, into *[]object) error {
	if raw == nil {
		return nil
	}
	return json.Unmarshal(raw, into)
}

func (s section) keyOf(row object) string { return text(row[s.key]) }

func text(raw json.RawMessage) string {
	if s, plain := plainText(raw); plain {
		return s
	}
	var out string
	_ = json.Unmarshal(raw, &out) // what is no string is told by the decoder of the whole
	return out
}

// speaksForItself: what a profile says otherwise than its base, it says on a basis of its own.
func (s section) speaksForItself(row object) error {
	if s.keyOf(row) == "" {
		return fmt.Errorf("a row has no %q", s.key)
	}
	if s.basis == "" {
		return nil
	}
	if text(row[s.basis]) == "" {
		return fmt.Errorf("%s does not say its %q", s.keyOf(row), s.basis)
	}
	if text(row["source"]) == "" {
		return fmt.Errorf("%s does not say its source", s.keyOf(row))
	}
	return nil
}

// inherit marks what the base says on the authority of its own time, or of another country.
func (s section) inherit(row object, country string) error {
	if s.basis != "" {
		row[s.basis] = handedDown(row[s.basis])
	}
	switch {
	case s.basis == "" || country == "":
	case text(row[s.basis]) == string(ByDesign):
		row["source"] = quoted("as for " + country)
	default:
		row["source"] = quoted(carriedFrom(country))
	}
	if row["cells"] == nil {
		return nil
	}
	var cells []object
	if err := json.Unmarshal(row["cells"], &cells); err != nil {
		return err
	}
	for _, c := range cells {
		c["basis"] = handedDown(c["basis"])
	}
	row["cells"] = writtenRows(cells)
	return nil
}

func carriedFrom(country string) string {
	return "carried over from " + country + ", and not confirmed here"
}

func handedDown(basis json.RawMessage) json.RawMessage {
	if Basis(text(basis)) == ByDesign {
		return basis
	}
	return json.RawMessage(`"` + string(Unconfirmed) + `"`)
}

func (s section) removed(row object) RemovedRow {
	basis := text(row[s.basis])
	return RemovedRow{Section: s.name, Key: s.keyOf(row), Source: text(row["source"]), Basis: Basis(basis)}
}
